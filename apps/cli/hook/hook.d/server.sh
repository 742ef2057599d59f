# The server: where it is, and a request to it.

# Sets server, token and handoff_ms from the files that `ai-memory login` writes. False where there is nothing to speak to.
read_config() {
  server=http://127.0.0.1:49374 token='' handoff_ms=1000
  [ -f "$base/config.toml" ] || return
  while read -r line || [ -n "$line" ]; do
    case $line in
    \[*) break ;;
    server_url*=*) server=$(value_of "$line") ;;
    handoff_timeout_ms*=*) handoff_ms=$(value_of "$line") ;;
    esac
  done <"$base/config.toml"
  read -r token <"$base/token"
  case $handoff_ms in [1-9]??? | [1-9]??) ;; *) handoff_ms=1000 ;; esac
  case $server$token in *[\"\\]*) return 1 ;; esac
}

value_of() {
  printf '%s\n' "$1" | sed "s/^[^=]*=[ 	]*//; s/^\"\([^\"]*\)\".*/\1/; s/^'\([^']*\)'.*/\1/; s/[ 	#].*//"
}

# request METHOD PATH SECONDS [FILE] sets status, 000 where no answer came, and problem; what came is in $work.answer and
# $work.headers. Address and token go by stdin: arguments can be seen by everybody on the machine.
request() {
  rm -f "$work.answer" "$work.headers"
  if command -v curl >/dev/null; then
    status=$(
      {
        printf 'url = "%s"\nrequest = "%s"\n' "$server$2" "$1"
        [ -z "$token" ] || printf 'header = "Authorization: Bearer %s"\n' "$token"
      } | curl -q -s -K - -H 'Content-Type: application/json' -H 'Expect:' ${4:+--data-binary "@$4"} \
        --connect-timeout 5 --max-time "$3" -o "$work.answer" -D "$work.headers" -w '%{http_code}'
    )
    problem=curl-$?
  else
    status=$(printf '%s\n' "$server$2" "$token" | NODE_OPTIONS='' node "$parts/request.cjs" "$1" "$3" "$work" "$4")
    problem=node-$?
  fi
  status=${status:-000}
}

# The value of a header of the last answer, by its name in lower case.
header() {
  awk -v name="$1" '
    { sub(/\r$/, ""); colon = index($0, ":") }
    tolower(substr($0, 1, colon - 1)) == name { value = substr($0, colon + 1); sub(/^[ \t]*/, "", value) }
    END { print value }' "$work.headers"
}
