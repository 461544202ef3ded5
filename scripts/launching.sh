# What the launchers share; sourced by them, with `program` (its name), `root` (the checkout) and `store`
# (where builds are kept) set.

die() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 70
}

# A folder that is of no use unless what fills it succeeds.
discard=
# A process that must not outlive this one.
helper=
tidy() {
  [[ -z $helper ]] || kill -9 "$helper" 2>/dev/null
  [[ -z $discard ]] || rm -rf "$discard"
}
trap tidy EXIT

# ---- Which Java: JAVA_HOME, else the newest there is, as its release file says (without a start).

# Sets `version` to the feature version of the Java in $1, or to 0.
version_of() {
  local line
  version=0
  [[ -x $1/bin/java ]] || return 0
  if [[ -r $1/release ]]; then
    local pattern='^JAVA_VERSION="?(1\.)?([0-9]+)'
    while IFS= read -r line; do
      [[ $line =~ $pattern ]] && version=${BASH_REMATCH[2]} && return 0
    done <"$1/release"
  fi
  local pattern='version "(1\.)?([0-9]+)'
  [[ $("$1/bin/java" -version 2>&1) =~ $pattern ]] && version=${BASH_REMATCH[2]}
  return 0
}

# All JDKs of the usual places, one a line.
installed() {
  local java
  if java=$(command -v java); then
    while [[ -L $java ]]; do
      target=$(readlink "$java")
      [[ $target == /* ]] || target=${java%/*}/$target
      java=$target
    done
    printf '%s\n' "${java%/bin/java}"
  fi
  set +f
  printf '%s\n' /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home
  set -f
}

# Sets `home` and `feature` to the Java that runs heddle.
choose_java() {
  local candidate
  if [[ -n ${JAVA_HOME:-} ]]; then
    home=$JAVA_HOME
    version_of "$home"
    feature=$version
    ((feature > 0)) || die "JAVA_HOME is not a Java: $home"
    ((feature >= 17)) || die "JAVA_HOME is Java $feature, but 17 or newer is needed: $home"
    return
  fi
  home= feature=0
  while IFS= read -r candidate; do
    version_of "$candidate"
    ((version > feature)) && home=$candidate feature=$version
  done < <(installed)
  ((feature >= 17)) || die "no Java of version 17 or newer found; install one or set JAVA_HOME"
}

# Prints the JDK to build with: JAVA_HOME if it can compile, else the oldest that can and will do.
compiler() {
  local candidate oldest=1000 found=
  if [[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/javac ]]; then
    printf '%s' "$JAVA_HOME"
    return
  fi
  while IFS= read -r candidate; do
    version_of "$candidate"
    ((version >= 17 && version < oldest)) && [[ -x $candidate/bin/javac ]] &&
      found=$candidate oldest=$version
  done < <(installed)
  printf '%s' "$found"
}

# ---- Building.

# Sets `part` to the copy named by $store/$1.current, if it is newer than all of the sources $2...
fresh() {
  local name=$1 newer
  shift
  part=
  [[ -r $store/$name.current ]] || return 1
  IFS= read -r part <"$store/$name.current" || return 1
  part=$store/$part
  [[ -d $part ]] || return 1
  newer=$(find "$@" -newer "$part/built" -print -quit 2>/dev/null)
  [[ -z $newer ]]
}

# Waits until no other heddle of this checkout builds.
lock() {
  mkdir -p "$store" 2>/dev/null && [[ -w $store ]] || die "cannot write to $store"
  exec 9>"$store/lock"
  if command -v flock >/dev/null; then
    flock 9
  elif command -v perl >/dev/null; then
    perl -e 'use Fcntl ":flock"; open(my $lock, ">&=", 9) or exit 1; flock($lock, LOCK_EX)'
  fi
}

unlock() {
  exec 9>&-
}

# Runs maven, with the arguments given, quietly and on standard error, so as to build what is named $1;
# on failure, `failure` says why.
run_maven() {
  local what=$1 jdk
  shift
  failure="mvn is needed to build heddle on its first use, but is not on the PATH"
  command -v mvn >/dev/null || return 1
  failure="a JDK (with javac) of version 17 or newer is needed to build heddle on its first use"
  jdk=$(compiler)
  [[ -n $jdk ]] || return 1
  failure="the build failed; its log is above"
  printf '%s: building %s, which takes a minute on the first use ...\n' "$program" "$what" >&2
  version_of "$jdk"
  local options="${MAVEN_OPTS:-} -Djansi.mode=strip -Djansi.noreset=true"
  ((version >= 23)) && options+=" --sun-misc-unsafe-memory-access=allow"
  ((version >= 22)) && options+=" --enable-native-access=ALL-UNNAMED"
  (cd "$root" && JAVA_HOME=$jdk MAVEN_OPTS=$options mvn -q -B "$@") </dev/null >&2 9>&-
}

# Removes all copies of part $1 but the newest, and the one before it, which may still be running.
clean() {
  local copy
  set +f
  for copy in "$store/$1".??????; do
    [[ ${copy##*/} == "$2" || ${copy##*/} == "$3" ]] || rm -rf "$copy"
  done
  set -f
}
