# Makes of event files the body of `POST /hook/batch`, and lists in the file NAMES those that it holds, in its order: at most
# events_max and, unless one alone is larger, bytes_max. A session's events stand together, in their order, since the server
# stores such a run in one go. A payload goes as it came; whether it is JSON is for the server to say.

# False where the event that was read has no place any more.
function add(  session) {
  if (file == "") return 1
  if (count == events_max || count && bytes + length(text) > bytes_max) return 0
  session = match(text, SESSION) ? substr(text, RSTART, RLENGTH) : ""
  if (!(session in group)) group[session] = ++groups
  members[group[session]] = members[group[session]] " " ++count
  item[count] = text (hasBody ? "}" : "null}")
  name[count] = file
  bytes += length(text)
  return 1
}

function write(  i, j, size, member, written) {
  for (i = 1; i <= groups; i++) {
    size = split(members[i], member, " ")
    for (j = 1; j <= size; j++) {
      print (written++ ? "," : "[") item[member[j]]
      print name[member[j]] "\n" > ENVIRON["NAMES"]
    }
  }
  if (count) print "]"
}

BEGIN {
  ORS = ""
  SESSION = "[&\"](session_id|sessionId|conversation_id|conversationId)[=\"][ ]*:?[ ]*\"?[^\"&]*"
}
FNR == 1 {
  if (!add()) { isFull = 1; exit }
  file = FILENAME
  hasBody = 0
  gsub(/["\\]|[^ -~]/, "")
  text = "{\"url\":\"/hook?" $0 "\",\"body\":"
  next
}
{ text = text (hasBody ? "\n" : "") $0; hasBody = 1 }
END { if (!isFull) add(); write() }
