# What an agent is told at the start of a session, in the form that it reads.

# Each try may keep an agent waiting.
TRIES_MAX=3

# Prints the handoff. False where there is nothing to say.
say_handoff() {
  told=$state/sessions/$agent-$session
  case $session in *[!A-Za-z0-9._-]*) told=$state/sessions/$agent- ;; esac
  [ -z "$is_once" ] || may_say_once || return
  fetch_handoff || return
  [ -z "$is_once" ] || printf 'told\n' >"$told"
  [ -s "$work.answer" ] || return
  if [ "$form" = text ]; then cat "$work.answer"; return; fi
  text=$(tr -d '\000-\010\013-\037' <"$work.answer" | sed 's/\\/\\\\/g; s/"/\\"/g; s/	/\\t/g' | awk '{ printf "%s%s", separator, $0; separator = "\\n" }')
  case $form in
  hook) printf '{"hookSpecificOutput":{"hookEventName":"%s","additionalContext":"%s"}}' "$event" "$text" ;;
  flat) printf '{"additionalContext":"%s"}' "$text" ;;
  cline) printf '{"cancel":false,"contextModification":"%s"}' "$text" ;;
  antigravity) printf '{"injectSteps":[{"ephemeralMessage":"%s"}]}' "$text" ;;
  cursor) printf '{"additional_context":"%s"}' "$text" | tee "$told.context" ;;
  esac
}

# Cursor's editor does not listen at the start of a session, as its command does: what was said then is said again, once.
say_again() {
  case $session in '' | *[!A-Za-z0-9._-]*) return 1 ;; esac
  cat "$state/sessions/cursor-$session.context" && rm -f "$state/sessions/cursor-$session.context"
}

may_say_once() {
  case $told in *-) return 1 ;; esac
  ! is_backing_off || return
  tries=0
  read -r tries <"$told"
  case $tries in '') tries=0 ;; *[!0-9]*) return 1 ;; esac
  [ "$tries" -lt $TRIES_MAX ] || return
  [ -d "$state/sessions" ] || mkdir -p "$state/sessions"
  printf '%s\n' $((tries + 1)) >"$told"
}

# Leaves it in $work.answer. It is made of what the last session left, so that what the spool holds of that goes first.
fetch_handoff() {
  use_part server && use_part batch && use_part place && read_config || return
  work=$state/drain.$$
  trap 'rm -f "$work".*' EXIT
  [ -d "$state/sessions" ] || mkdir -p "$state/sessions"
  flush_spool || return
  request GET "/handoff?agent=$caller&session_id=$(encoded "$session")$place" "$(seconds_left)"
  [ "$status" = 200 ] || return
  # A network that one has to sign in to answers with a page of its own.
  case $(header content-type) in text/markdown* | text/plain*) ;; *) return 1 ;; esac
}

# One request; the drainer does the rest. False where the server does not answer, so that the agent has waited long enough.
flush_spool() {
  events_max=$BATCH_EVENTS_MAX names='' count=0
  cd "$spool" || return
  for name in [1-9]*-[0-9]*.event; do
    case $name in *[!0-9a-z.-]*) continue ;; esac
    names="$names $name" count=$((count + 1))
    [ $count -lt $BATCH_EVENTS_MAX ] || break
  done
  build_batch $names
  [ "$included" -gt 0 ] || return 0
  request POST /hook/batch "$(seconds_left)" "$work.batch"
  [ "$status" != 200 ] || settle
  [ "$status" != 000 ]
}

# Of handoff_ms since the hook began; all of it where the clock knows no more than seconds.
seconds_left() {
  set -- $(date '+%s %N')
  spent=0
  case $2 in *[!0-9]* | '') ;; ?????????) spent=$((($1$2 - stamp) / 1000000)) ;; esac
  [ $spent -ge 0 ] || spent=0
  left=$((handoff_ms - spent))
  [ $left -gt 10 ] || left=10
  printf '%d.%03d' $((left / 1000)) $((left % 1000))
}
