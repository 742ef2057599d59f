#!/bin/sh
# What a coding agent runs at each of its events: `sh hook.sh <agent> <event>`, the event's payload on stdin.
#
# An event becomes one file of the spool, and the hook is done: it never waits for the network, exits 0 whatever happens, and
# prints only what the agent wants to read. `hook.sh --drain`, which it leaves running in the background, sends the spool.
# Only the start of a session waits, at most `handoff_timeout_ms`, to tell the agent where work was left.
#
# POSIX sh. Between stdin and exit stand two other programs (cat and mv; date too where there is no /proc). All the rest, for a session's start, for a
# folder that is seen for the first time and for the background, is in hook.d. README.md says what lies in spool and state.

LC_ALL=C
export LC_ALL
umask 077
exec 2>/dev/null

case $0 in /*) self=$0 ;; *) self=$PWD/$0 ;; esac
home=${AI_MEMORY_HOME:-${self%/*}}
case $home in /*) ;; *) home=$PWD/$home ;; esac
parts=${self%/*}/hook.d
newline='
'

HEAD_BYTES=4096          # of a payload that are looked into for the session and the folder
BODY_BYTES_MAX=10000000  # the server takes 10 MiB
BEAT_SECONDS_MAX=150     # a drainer that says nothing for longer is gone: more than a request may take
HOUR_SECONDS=3600

# Sets base and what lies in it. False where something of that is missing.
use_home() {
  base=$1 spool=$1/spool state=$1/state lock=$1/state/drain.lock
  [ -d "$spool" ] && [ -d "$state/dropped" ]
}

make_home() {
  use_home "$1" || mkdir -p "$spool" "$state/dropped"
}

use_part() {
  [ -f "$parts/$1.sh" ] && . "$parts/$1.sh"
}

# Dropped events are counted by one byte each in a file of the reason's name: no two writers can spoil that.
count_dropped() {
  printf "%${2:-1}s" '' >>"$state/dropped/$1"
}

# ---- The event ---------------------------------------------------------------------------------------------------------

# False where the agent is to be told nothing.
capture() {
  body=
  [ -t 0 ] || body=$(cat)
  read_facts
  ! is_reported_elsewhere || return
  [ "$session" != empty-state-draft ] || return
  tell_time
  read_place
  if [ -n "$profile" ]; then
    # Meant for another server: for no other, also where this one is not set up.
    if [ ! -d "$home/servers/$profile" ]; then count_dropped no-such-server; return 1; fi
    make_home "$home/servers/$profile"
  fi
  if is_excluded; then count_dropped excluded; else write_event; fi
  return 0
}

# Sets session, cwd, caller and is_subagent from the payload's first strings. Inside of a string a quote is escaped, so that
# what stands between two quotes before a colon is a key. The first of a name is the outermost.
read_facts() {
  session='' cwd='' caller=$agent is_subagent='' has_camel='' has_snake=''
  head=$body
  if [ "${#body}" -gt $HEAD_BYTES ]; then head=$(printf "%.${HEAD_BYTES}s" "$body") head=${head%\"*}; fi
  key='' before=''
  set -f
  IFS='"'
  for part in $head; do
    case $before in
    : | ': ' | ':[' | ': [')
      case $key in
      session_id | sessionId | conversation_id | conversationId | trajectory_id | taskId) session=${session:-$part} ;;
      cwd | workspace_roots | workspacePaths | workspaceRoots) cwd=${cwd:-$part} ;;
      cursor_version) caller=cursor ;;
      hookEventName) has_camel=1 ;;
      hook_event_name) has_snake=1 ;;
      agent_id | parent_agent_id | subagentType) is_subagent=$is_subagent$part ;;
      esac
      ;;
    esac
    key=$before before=$part
  done
  unset IFS
  set +f
  # No other agent names the event twice.
  [ -z "$has_camel" ] || [ -z "$has_snake" ] || caller=grok
  [ -z "$DEVIN_PROJECT_DIR" ] || [ "$caller" != claude-code ] || caller=devin
  case $cwd in
  '' | [!/]* | *\\* | */../* | */..) cwd=${CURSOR_PROJECT_DIR:-${GROK_WORKSPACE_ROOT:-${CLAUDE_PROJECT_DIR:-${DEVIN_PROJECT_DIR:-$PWD}}}} ;;
  esac
  cwd=${cwd%/}
}

# Some agents run the hooks of others too. An event reaches us once: by the hooks of the agent that it is from, else by those
# of Claude Code.
is_reported_elsewhere() {
  [ "$caller" != "$agent" ] || return
  [ ! -e "$state/wired/$caller" ] || return 0
  [ "$agent" != claude-code ] && [ -e "$state/wired/claude-code" ]
}

# Sets stamp (ns since 1970), now (s) and at (RFC 3339). Stamps grow from event to event, also where the clock is set back a
# little or knows no more than seconds.
tell_time() {
  read_uptime || read_clock
  now=$((stamp / 1000000000))
  last=
  read -r last <"$state/clock"
  case $last in
  [1-9]??????????????????) if [ "$stamp" -le "$last" ] && [ $((last / 1000000000 - now)) -lt $HOUR_SECONDS ]; then stamp=$((last + 1)); fi ;;
  esac
  printf '%s\n' "$stamp" >"$state/clock"
  write_date $((stamp / 1000000000))
}

# Linux says how long it is up, without another program; what has to be added to that is known for an hour.
read_uptime() {
  boot='' of_boot='' until=''
  look_up_uptime || return
  read -r boot of_boot until <"$state/boot" && [ "$of_boot" = "$boot_id" ] || return
  stamp=$((boot + uptime))
  [ -z "$is_start" ] && [ $stamp -lt "$until" ]
}

read_clock() {
  set -- $(date '+%s %N')
  case $2 in *[!0-9]*) stamp=${1}000000000 ;; ?????????) stamp=$1$2 ;; *) stamp=${1}000000000 ;; esac
  # Less what a hundredth of a second hides: what is told by the uptime is never ahead of the clock.
  ! look_up_uptime || printf '%s %s %s\n' $((stamp - uptime - 10000000)) "$boot_id" $((stamp + HOUR_SECONDS * 1000000000)) >"$state/boot"
}

look_up_uptime() {
  read -r boot_id </proc/sys/kernel/random/boot_id && read -r uptime _ </proc/uptime || return
  case $uptime in [0-9]*.[0-9][0-9]) uptime=$((${uptime%.*}000000000 + (1${uptime#*.} - 100) * 10000000)) ;; *) return 1 ;; esac
}

# Days since 1970 as a date, by years that begin in March.
write_date() {
  day=$(($1 / 86400 + 719468)) second=$(($1 % 86400))
  era=$((day / 146097)) day=$((day % 146097))
  year=$(((day - day / 1460 + day / 36524 - day / 146096) / 365))
  day=$((day - (365 * year + year / 4 - year / 100)))
  month=$(((5 * day + 2) / 153))
  day=$((101 + day - (153 * month + 2) / 5))
  year=$((year + era * 400 + month / 10)) month=$((101 + (month + 2) % 12))
  hour=$((100 + second / 3600)) minute=$((100 + second / 60 % 60)) second=$((100 + second % 60))
  at=$year-${month#1}-${day#1}T${hour#1}:${minute#1}:${second#1}.${stamp#??????????}Z
}

# Sets place (a piece of a query string), profile, capturing and exclusions: looked up at a session's start, then remembered.
read_place() {
  place='' profile='' capturing='' exclusions='' machine=''
  read -r machine <"$state/machine"
  place_dir=$state/places$cwd
  if [ -n "$is_start" ] || [ -z "$machine" ] || [ ! -f "$place_dir/.place" ]; then
    use_part place && find_place
    return
  fi
  {
    read -r place
    read -r profile
    read -r capturing
    while read -r pattern; do exclusions=$exclusions$pattern$newline; done
  } <"$place_dir/.place"
}

is_excluded() {
  [ "$capturing" != off ] || return 0
  [ -n "$exclusions" ] || return
  printf '%s\n' "$body" | CWD=$cwd EXCLUSIONS=$exclusions awk -f "$parts/exclusions.awk"
}

write_event() {
  if [ "${#body}" -gt $BODY_BYTES_MAX ]; then count_dropped too-large; return; fi
  query="event=$event&agent=$caller&ingest_key=$machine-$stamp-$$$place"
  # For agents that don't name their sessions: the last one that began in the folder.
  if [ -z "$session" ] && read -r minted <"$place_dir/.session-$caller"; then query="$query&session_id=$minted"; fi
  # The time goes first: where the payload has one of its own, that comes later and counts.
  case $body in
  '' | '{}') body="{\"occurred_at\":\"$at\"}" ;;
  \{*) body="{\"occurred_at\":\"$at\",${body#?}" ;;
  esac
  if printf '%s\n%s\n' "$query" "$body" >"$spool/$stamp-$$.tmp" && mv "$spool/$stamp-$$.tmp" "$spool/$stamp-$$.event"; then return; fi
  rm -f "$spool/$stamp-$$.tmp"
  count_dropped not-written
}

# ---- The answer --------------------------------------------------------------------------------------------------------

# Sets form where the agent takes context in at this event, and is_once where the event comes again in a session.
choose_form() {
  form='' is_once='' is_start=''
  case $event in SessionStart | sessionStart | agentSpawn | TaskStart | TaskResume) is_start=1 ;; esac
  case $agent:$event in
  claude-code:SessionStart | codex:SessionStart | gemini-cli:SessionStart | qwen-code:SessionStart) form=hook ;;
  command-code:SessionStart | devin:SessionStart | vscode-copilot:SessionStart) form=hook ;;
  copilot-cli:SessionStart | copilot-cli:sessionStart) form=flat ;;
  kiro-cli:SessionStart | kiro-cli:agentSpawn) form=text ;;
  # Their plugins run us at the start, and add what we print themselves.
  opencode:SessionStart | pi:SessionStart | omp:SessionStart | openclaw:SessionStart) form=text ;;
  cursor:sessionStart) form=cursor ;;
  # These throw away what is said at the start.
  kimi-code:UserPromptSubmit) form=text is_once=1 ;;
  grok:PostToolUse) form=hook is_once=1 ;;
  cline:PreToolUse) form=cline is_once=1 ;;
  antigravity-cli:PreInvocation) form=antigravity is_once=1 ;;
  esac
}

# What an agent that wants an answer gets where there is nothing to say.
say_nothing() {
  case $agent:$event in
  cursor:beforeSubmitPrompt) printf '{"continue":true}' ;;
  cursor:preToolUse) printf '{"permission":"allow"}' ;;
  cursor:postToolUse) use_part handoff && say_again || printf '{}' ;;
  antigravity-cli:PreToolUse) printf '{"decision":"allow"}' ;;
  cursor:* | antigravity-cli:*) printf '{}' ;;
  esac
}

# ---- The background ----------------------------------------------------------------------------------------------------

is_drainer_alive() {
  holder='' beat=''
  read -r holder beat <"$lock"
  case $holder:$beat in :* | *: | *[!0-9:]*) return 1 ;; esac
  kill -0 "$holder" && [ $((now - beat)) -lt $BEAT_SECONDS_MAX ]
}

# A new token or address is a reason to try at once.
is_backing_off() {
  until=
  read -r until _ <"$state/retry-after"
  case $until in '' | *[!0-9]*) return 1 ;; esac
  [ "$until" -gt "$now" ] && [ "$until" -le $((now + HOUR_SECONDS)) ] || return
  ! [ "$base/token" -nt "$state/retry-after" ] && ! [ "$base/config.toml" -nt "$state/retry-after" ]
}

# In a session of its own where the system can, so that ending the agent does not end it; and with none of the agent's files
# open, since some agents wait until those are closed.
wake_drainer() {
  [ -f "$base/config.toml" ] && ! is_drainer_alive && ! is_backing_off || return
  (
    trap '' HUP
    ! command -v setsid >/dev/null || exec setsid sh "$self" --drain "$base"
    exec sh "$self" --drain "$base"
  ) </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
}

# ------------------------------------------------------------------------------------------------------------------------

if [ "$1" = --drain ]; then
  use_home "${2:-$home}"
  # One that is gone is not made anew.
  [ -d "$spool" ] && make_home "$base" && use_part server && use_part batch && use_part drain && drain
  exit 0
fi
agent=$1 event=$2
case $agent:$event in :* | *: | *[!A-Za-z0-9._:-]*) exit 0 ;; esac
make_home "$home"
choose_form
if capture && [ -n "$form" ] && [ -z "$is_subagent" ] && use_part handoff && say_handoff; then :; else say_nothing; fi
[ -z "$now" ] || wake_drainer
exit 0
