# Sends the spool, in the background.

SPOOL_SECONDS_MAX=604800
SPOOL_FILES_MAX=200000
SPOOL_BYTES_MAX=536870912
SEND_SECONDS_MAX=60
# How long a drainer waits for a server to come back before it leaves that to the next event: the end of a day's last session
# should not have to wait for the first of the next day.
PATIENCE_SECONDS=600

# Sends what the spool holds and what comes in meanwhile. One at a time; a second one by accident would only repeat what the
# server then knows by its ingest key.
drain() {
  work=$state/drain.$$
  take_lock || return
  trap 'rm -f "$work".*; release_lock' EXIT
  trap 'exit 0' INT TERM
  sweep
  waited=0 is_idle=''
  while keep_lock && read_config; do
    if is_backing_off; then
      [ "$waited" -lt $PATIENCE_SECONDS ] || break
      sleep 2
      waited=$((waited + 2))
    elif is_spool_empty; then
      # Events come in groups: staying for a moment costs less than starting again.
      [ -z "$is_idle" ] || break
      is_idle=1
      sleep 1
    else
      is_idle=''
      evict
      if send_all; then waited=0; elif is_for_a_person; then waited=$PATIENCE_SECONDS; fi
    fi
  done
  release_lock || return
  # An event may have come after the last look, and its hook have seen that somebody is at work.
  [ -z "$is_idle" ] || is_spool_empty || wake_drainer
}

# Settles the spool from its oldest event on. False where the server takes none now.
send_all() {
  cd "$spool" || return
  names='' count=0
  for name in [1-9]*-[0-9]*.event; do
    case $name in *[!0-9a-z.-]*) continue ;; esac
    names="$names $name" count=$((count + 1))
    [ $count -eq $BATCH_EVENTS_MAX ] || continue
    send $names || return
    names='' count=0
  done
  send $names
}

# Settles the named events in their order. What the server refuses is found by sending less and less at a time.
send() {
  events_max=$BATCH_EVENTS_MAX
  while [ $# -gt 0 ] && keep_lock; do
    build_batch "$@" || { back_off; return 1; }
    [ "$included" -gt 0 ] || return 0
    request POST /hook/batch $SEND_SECONDS_MAX "$work.batch"
    if [ "$status" = 200 ] && settle; then
      [ "$events_max" -ge $BATCH_EVENTS_MAX ] || events_max=$((events_max * 2))
    elif is_no_events_fault; then
      back_off
      return 1
    elif [ "$included" -gt 1 ]; then
      events_max=$((included / 2))
    else
      drop_first "http-$status"
    fi
    left=''
    for name; do [ ! -e "$name" ] || left="$left $name"; done
    set -- $left
  done
  [ $# -eq 0 ]
}

is_spool_empty() {
  set -- "$spool"/*.event
  [ ! -e "$1" ]
}

# Keeps the spool within its bounds, the oldest events going first.
evict() {
  ls -ln "$spool" | CUTOFF=$((now - SPOOL_SECONDS_MAX)) awk -v files_max=$SPOOL_FILES_MAX -v bytes_max=$SPOOL_BYTES_MAX '
    $9 ~ /^[0-9]+-[0-9]+[.]event$/ { name[++files] = $9; size[files] = $5; bytes += $5 }
    END {
      for (i = 1; i <= files; i++) {
        if (substr(name[i], 1, 10) < ENVIRON["CUTOFF"]) reason = "evicted-age"
        else if (files - i >= files_max) reason = "evicted-files"
        else if (bytes > bytes_max) reason = "evicted-bytes"
        else exit
        bytes -= size[i]
        print reason, name[i]
      }
    }' >"$work.evicted"
  [ -s "$work.evicted" ] || return
  (cd "$spool" && cut -d ' ' -f 2 "$work.evicted" | xargs rm -f)
  cut -d ' ' -f 1 "$work.evicted" | uniq -c >"$work.tally"
  while read -r count reason; do count_dropped "$reason" "$count"; done <"$work.tally"
}

# What killed hooks and drainers left behind, and what is remembered of sessions that are long over. Where a folder's memories
# go is looked up anew each day, since not every agent tells when a session starts.
sweep() {
  find "$spool" "$state" -type f \( -name '*.tmp' -mtime +0 -o -name 'drain.*.*' -mtime +0 -o -name .place -mtime +0 \
    -o -name '.session-*' -mtime +30 -o -path '*/sessions/*' -mtime +7 \) -exec rm -f {} +
}

take_lock() {
  now=$(date +%s)
  ! is_drainer_alive || return
  rm -f "$lock"
  (set -C && printf '%s %s\n' "$$" "$now" >"$lock")
}

# Says that we are at work. False where another has taken over.
keep_lock() {
  is_ours || return
  now=$(date +%s)
  printf '%s %s\n' "$$" "$now" >"$lock"
}

release_lock() {
  is_ours && rm -f "$lock"
}

is_ours() {
  holder=
  read -r holder _ <"$lock"
  [ "$holder" = $$ ]
}
