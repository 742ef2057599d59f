# Reads an answer of `POST /hook/batch` and the list of the events that were sent. Prints the names of those that are settled,
# and the outcomes of those that the server will not keep.

FILENAME == ARGV[1] { answer = answer $0; next }
{ name[names++] = $0 }
END {
  if (match(answer, /"accepted_indices"[ ]*:[ ]*\[[0-9, ]*\]/)) {
    indices = split(substr(answer, RSTART, RLENGTH), place, /[^0-9]+/)
    for (i = 1; i <= indices; i++) if (place[i] != "" && place[i] in name) print name[place[i]]
  } else if (match(answer, /"accepted"[ ]*:[ ]*[0-9]+/)) {
    accepted = substr(answer, RSTART, RLENGTH)
    sub(/.*:[ ]*/, "", accepted)
    for (i = 0; i < accepted + 0 && i < names; i++) print name[i]
  } else exit
  while (match(answer, /"dropped_[a-z]+"/)) {
    print substr(answer, RSTART + 1, RLENGTH - 2)
    answer = substr(answer, RSTART + RLENGTH)
  }
}
