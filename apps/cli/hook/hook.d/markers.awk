# Reads marker files (`.ai-memory.toml`), the nearest first, and says what counts of them as `key=value` lines. Of TOML it
# knows tables, strings, booleans, numbers and arrays of strings.

function say(kind, line) {
  if (!(kind in source)) source[kind] = FILENAME
  if (source[kind] == FILENAME) print line
}

# Each string of an array, as an expression for the paths that it means.
function exclude(text,  quote, end) {
  while (match(text, /["\047]/)) {
    quote = substr(text, RSTART, 1)
    text = substr(text, RSTART + 1)
    end = index(text, quote)
    if (end == 0) return
    if (end > 1 && ++patterns <= PATTERNS_MAX) say("capture", "exclude=" expression(substr(text, 1, end - 1)))
    text = substr(text, end + 1)
  }
}

# A pattern with a slash begins at the marker's folder; one without names a file or folder anywhere below.
function expression(glob,  folder, start) {
  folder = FILENAME
  sub("/[^/]*$", "", folder)
  sub(/^\.\//, "", glob)
  sub(/\/(\*\*)?$/, "", glob)
  start = glob ~ /\// ? "^" literal(folder) (glob ~ /^\// ? "" : "/") : "/"
  return start globbed(glob) "(/|$)"
}

function globbed(glob,  out, char) {
  while (glob != "") {
    char = substr(glob, 1, 1)
    if (substr(glob, 1, 3) == "**/") { out = out "(.*/)?"; glob = substr(glob, 4) }
    else if (substr(glob, 1, 2) == "**") { out = out ".*"; glob = substr(glob, 3) }
    else { out = out (char == "*" ? "[^/]*" : char == "?" ? "[^/]" : literal(char)); glob = substr(glob, 2) }
  }
  return out
}

function literal(text,  out, char) {
  for (; text != ""; text = substr(text, 2)) {
    char = substr(text, 1, 1)
    out = out (index("[](){}.*+?|$", char) ? "[" char "]" : char == "^" || char == "\\" ? "." : char)
  }
  return out
}

function unquoted(value,  quote) {
  quote = substr(value, 1, 1)
  if (quote == "\"" || quote == "\047") {
    value = substr(value, 2)
    sub(quote ".*", "", value)
  } else sub(/[ \t#].*/, "", value)
  return value
}

BEGIN { LINES_MAX = 2000; PATTERNS_MAX = 128 }
FNR == 1 { table = ""; isInArray = 0 }
FNR > LINES_MAX { next }
{ sub(/\r$/, "") }
isInArray { exclude($0); isInArray = $0 !~ /\][ \t]*(#.*)?$/; next }
/^[ \t]*\[/ { table = $0; gsub(/^[ \t]*\[|\].*$|[ \t"]/, "", table); next }
/^[ \t]*["A-Za-z_]+[ \t]*=/ {
  key = $0
  sub(/=.*/, "", key)
  gsub(/[ \t"]/, "", key)
  key = table == "" ? key : table "." key
  value = $0
  sub(/^[^=]*=[ \t]*/, "", value)
  if (key == "capture.ignore_paths") { exclude(value); isInArray = value !~ /\]/; next }
  value = unquoted(value)
  if (key ~ /^(workspace|project|identity|identity_style)$/) say("place", key "=" value)
  else if (key == "server" && value ~ /^[a-z0-9][a-z0-9._-]*$/) say(key, "server=" value)
  else if (key == "capture.enabled") say("capture", "capture=" (value == "false" ? "off" : "on"))
  else if (key == "drop_subagent_captures" && value == "true") say(key, "drop_subagent=1")
  else if (key == "recall.default_global" && value == "true") say(key, "default_global=1")
  else if (key == "briefing.inject_on_session_start" && value == "true") say(key, "briefing=1")
  else if (key == "briefing.max_chars" && value ~ /^[0-9]+$/) say(key, "briefing_budget=" value)
}
