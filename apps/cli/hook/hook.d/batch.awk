# Makes of event files the body of `POST /hook/batch`, and lists in the file NAMES those that it holds: at most events_max and,
# unless one alone is larger, bytes_max. A payload goes as it came; whether it is JSON is for the server to say.

# False where the event that `item` holds has no place any more.
function add() {
  if (name == "") return 1
  if (count == events_max || count && bytes + length(item) > bytes_max) return 0
  print (count ? "," : "[") item (hasBody ? "}" : "null}")
  print name "\n" > ENVIRON["NAMES"]
  bytes += length(item)
  count++
  return 1
}

BEGIN { ORS = "" }
FNR == 1 {
  if (!add()) { isFull = 1; exit }
  name = FILENAME
  hasBody = 0
  gsub(/["\\]|[^ -~]/, "")
  item = "{\"url\":\"/hook?" $0 "\",\"body\":"
  next
}
{ item = item (hasBody ? "\n" : "") $0; hasBody = 1 }
END { if (!isFull) add(); if (count) print "]" }
