# shellcheck shell=bash
# Writes what the pull request changes in each of `documents` to $RUNNER_TEMP/pachkit-diff.md; an empty file when it
# changes nothing. Compared with the commit BASE, which is checked out beside this checkout.
git cat-file -e "$BASE^{commit}" 2> /dev/null || git fetch --quiet --no-tags --depth=1 origin "$BASE"
base="$RUNNER_TEMP/pachkit-base"
rm -rf "$base"
git worktree prune
git worktree add --quiet --detach "$base" "$BASE"
prefix=$(git rev-parse --show-prefix)
body="$RUNNER_TEMP/pachkit-diff.md"
: > "$body"
for document in "${documents[@]}"; do
  before="$base/$prefix$document"
  if [ ! -e "$before" ]; then
    printf '### pachkit diff: new\n\n`%s` is new.\n\n' "${document//\`/}" >> "$body"
    continue
  fi
  code=0
  part=$(pachkit diff --against "$before" --no-secrets --format markdown -- "$document") || code=$?
  case "$code" in
    0) ;; # Nothing changes.
    16) printf '%s\n\n' "$part" >> "$body" ;;
    1)
      printf '### pachkit diff: not compared\n\n`%s` cannot be compared with the base of this pull request:\n\n' "${document//\`/}" >> "$body"
      printf '%s\n\n' "${part//"$base/$prefix"/base: }" >> "$body"
      ;;
    *) exit "$code" ;;
  esac
done
mapfile -t before_all < <(
  cd "$base/$prefix" 2> /dev/null || exit 0
  source "$GITHUB_ACTION_PATH/scripts/action/documents.sh"
  printf '%s\n' "${documents[@]}"
)
for document in "${before_all[@]}"; do
  if [ -e "$base/$prefix$document" ] && [ ! -e "$document" ]; then
    printf '### pachkit diff: removed\n\n`%s` is removed.\n\n' "${document//\`/}" >> "$body"
  fi
done
git worktree remove --force "$base"
