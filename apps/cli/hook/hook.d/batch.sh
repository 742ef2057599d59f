# A request's worth of events: put together, settled by the server's answer, or put off. Run in the folder of the spool.
# Names of events hold no blanks, so that lists of them are words of a variable.

BATCH_EVENTS_MAX=256
BATCH_BYTES_MAX=8388608
BACKOFF_SECONDS_MAX=300

# Writes $work.batch and, a line each, $work.names: as many of the named events as one request may hold. Sets included.
build_batch() {
  rm -f "$work.batch" "$work.names"
  included=0 chosen=''
  for name; do
    if [ -s "$name" ]; then
      chosen="$chosen $name"
    elif [ -e "$name" ]; then
      rm -f "$name"
      count_dropped empty
    fi
  done
  [ -n "$chosen" ] || return 0
  if NAMES=$work.names awk -v events_max="$events_max" -v bytes_max="$BATCH_BYTES_MAX" -f "$parts/batch.awk" $chosen >"$work.batch"; then
    included=$(($(wc -l <"$work.names")))
  else
    for name in $chosen; do
      # Another, a hook that waits or a drainer, has settled it since.
      [ -e "$name" ] || { build_batch $chosen; return; }
    done
    status=000 problem=not-readable
    return 1
  fi
}

# Removes what the server has answered for. False where that is nothing: it is not our server, or it takes none now.
settle() {
  settled=$(awk -f "$parts/answer.awk" "$work.answer" "$work.names")
  problem=nothing-accepted
  [ -n "$settled" ] || return
  for word in $settled; do
    case $word in dropped_*) count_dropped "$word" ;; esac
  done
  rm -f $settled "$state/retry-after" "$state/last-error"
  printf '%s\n' "$now" >"$state/last-success"
}

drop_first() {
  read -r name <"$work.names" && rm -f "$name" && count_dropped "$1"
}

# True for a status that says nothing about an event: the server, the way to it, or who we are.
is_no_events_fault() {
  case $status in 40[134578] | 42[1569] | 451 | [!4]*) return 0 ;; *) return 1 ;; esac
}

# True for one that will be the same until a person does something.
is_for_a_person() {
  case $status in 40[13457] | 42[16] | 451) return 0 ;; *) return 1 ;; esac
}

# Says when to come again: after 2, 4, 8 … seconds, half of them by chance so that laptops don't all come at once.
back_off() {
  fails=0 seconds=$BACKOFF_SECONDS_MAX
  read -r _ fails <"$state/retry-after"
  case $fails in '' | *[!0-9]*) fails=0 ;; esac
  fails=$((fails + 1))
  [ $fails -gt 8 ] || is_for_a_person || seconds=$((1 << fails))
  seconds=$((seconds / 2 + $(od -An -N2 -tu2 /dev/urandom) % (seconds / 2 + 1)))
  asked=$(header retry-after)
  case $asked in
  '' | *[!0-9]* | ??????*) ;;
  *) [ "$asked" -le "$seconds" ] || seconds=$asked ;;
  esac
  [ "$seconds" -le $HOUR_SECONDS ] || seconds=$HOUR_SECONDS
  printf '%s %s\n' "$((now + seconds))" "$fails" >"$state/retry-after"
  printf '%s %s %s\n' "$now" "$status" "$problem" >"$state/last-error"
}
