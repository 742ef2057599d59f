# Where the memories of a folder go: what its marker files say, else what git knows of it.

# Sets place, profile, capturing and exclusions, and remembers them for the folder's next events.
find_place() {
  [ -n "$machine" ] || name_machine
  unset GIT_DIR GIT_WORK_TREE
  facts=$(read_markers)
  project='' identity=''
  IFS=$newline
  set -f
  for fact in $facts; do
    value=${fact#*=}
    case $fact in
    workspace=* | identity_style=* | drop_subagent=* | default_global=* | briefing=* | briefing_budget=*) place="$place&${fact%%=*}=$(encoded "$value")" ;;
    project=*) project="&project=$(encoded "$value")&project_src=marker" ;;
    identity=*) identity="&identity=$(encoded "$value")&identity_src=explicit" ;;
    server=*) profile=$value ;;
    capture=*) capturing=$value ;;
    exclude=*) exclusions=$exclusions$value$newline ;;
    esac
  done
  unset IFS
  set +f
  place="&cwd=$(encoded "$cwd")$place${project:-$(repository_name)}${identity:-$(repository_identity)}"
  remember_place
}

remember_place() {
  mkdir -p "$place_dir" || return
  printf '%s\n%s\n%s\n%s' "$place" "$profile" "$capturing" "$exclusions" >"$place_dir/.place.$$" && mv "$place_dir/.place.$$" "$place_dir/.place"
  [ -z "$is_start" ] || [ -n "$session" ] || printf '%s\n' "$caller-$machine-$stamp" >"$place_dir/.session-$caller"
}

# The ingest keys of a person's machines must differ. Of two hooks that come first, one gives the name.
name_machine() {
  od -An -N4 -tx1 /dev/urandom | tr -d ' ' >"$state/machine.$$"
  ln "$state/machine.$$" "$state/machine"
  rm -f "$state/machine.$$"
  read -r machine <"$state/machine"
}

# What the marker files say, as `key=value` lines: those from the folder up to the home folder, or outside of it up to the
# checkout's root. The nearest that says anything of a kind counts for that kind.
read_markers() {
  set --
  folder=$cwd
  while [ -n "$folder" ]; do
    [ ! -f "$folder/.ai-memory.toml" ] || set -- "$@" "$folder/.ai-memory.toml"
    [ "$folder" != "$HOME" ] || break
    case $cwd/ in "$HOME"/*) ;; *) [ ! -e "$folder/.git" ] || break ;; esac
    folder=${folder%/*}
  done
  [ $# -eq 0 ] || awk -f "$parts/markers.awk" "$@"
}

# For a repository without a remote, in any of its folders and worktrees: the name of its main folder.
repository_name() {
  root=$(
    cd "$cwd" && common=$(git rev-parse --git-common-dir) || exit
    case $common in
    .git | */.git) cd "$common/.." && pwd -P ;;
    *) git rev-parse --show-toplevel ;;
    esac
  )
  name=${root##*/}
  [ -z "$name" ] || printf '&project=%s&project_src=repo-root' "$(encoded "$name")"
}

# A fork belongs to what it is a fork of. Neither credentials nor a path on this machine leave it.
repository_identity() {
  remote=$(git -C "$cwd" config --get remote.upstream.url || git -C "$cwd" config --get remote.origin.url)
  case $remote in
  '' | file:* | [/.~]* | *\\*) return ;;
  *://*)
    rest=${remote#*://}
    authority=${rest%%/*}
    remote=${remote%%://*}://${authority##*@}${rest#"$authority"}
    ;;
  esac
  printf '&identity=%s&identity_src=git_remote' "$(encoded "${remote%%[?#]*}")"
}

# By bytes: awks differ in what they take for a character.
encoded() {
  case $1 in
  *[!A-Za-z0-9._~/:@-]*)
    printf %s "$1" | od -An -v -tu1 | awk '{
      for (i = 1; i <= NF; i++) {
        isPlain = $i >= 45 && $i <= 57 || $i >= 65 && $i <= 90 || $i >= 97 && $i <= 122 || $i == 95 || $i == 126
        if (isPlain) printf "%c", $i + 0
        else printf "%%%02X", $i
      }
    }'
    ;;
  *) printf %s "$1" ;;
  esac
}
