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
    1 | 16) printf '%s\n\n' "$part" >> "$body" ;;
    *) exit "$code" ;;
  esac
done
git worktree remove --force "$base"
