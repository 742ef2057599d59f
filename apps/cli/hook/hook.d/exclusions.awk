# Ends with 0 where a tool's input (JSON on stdin) names a path that one of EXCLUSIONS, an expression a line, means; else
# with 1. Relative paths begin at CWD.

# What stands between two strings.
function outside(piece,  opened, closed) {
  opened = gsub(/[{[]/, "", piece)
  closed = gsub(/[]}]/, "", piece)
  if (isInputKey && piece ~ /^[ \t]*:/) { isInput = piece !~ /,/; level = depth }
  else if (isInput && depth + opened - closed <= level) isInput = 0
  depth += opened - closed
}

function inside(text) {
  if (isInput && isAnyExcluded(text)) { status = 0; exit }
  isInputKey = !isInput && text ~ /^(tool_input|toolInput|tool_args|toolArgs|toolCall|tool_info|preToolUse|postToolUse)$/
}

# A path, or what names paths among other words, as commands and patches do.
function isAnyExcluded(text,  words, word, i) {
  gsub(/\\[nrt"]/, " ", text)
  gsub(/\\\//, "/", text)
  if (isExcluded(text)) return 1
  words = split(text, word, /[ \t\\\047"`;|&()<>,=]+/)
  for (i = 1; i <= words; i++) if (word[i] != "" && isExcluded(word[i])) return 1
  return 0
}

function isExcluded(path,  i) {
  sub(/^\.\//, "", path)
  if (path !~ /^\//) path = ENVIRON["CWD"] "/" path
  for (i = 1; i <= expressions; i++) if (expression[i] != "" && path ~ expression[i]) return 1
  return 0
}

function readStrings(json,  parts, part, isString, text, i) {
  parts = split(json, part, "\"")
  for (i = 1; i <= parts; i++) {
    if (!isString) { outside(part[i]); isString = 1; text = ""; continue }
    text = text part[i]
    # After an odd number of backslashes the quote belongs to the string.
    if (match(part[i], /\\+$/) && RLENGTH % 2) { text = text "\""; continue }
    inside(text)
    isString = 0
  }
}

BEGIN { status = 1; expressions = split(ENVIRON["EXCLUSIONS"], expression, "\n") }
{ body = body $0 " " }
END { readStrings(body); exit status }
