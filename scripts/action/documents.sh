# shellcheck shell=bash
# The documents that the patterns in PACHKIT_FILES mean, one pattern a line, as the array `documents`. A pattern without a
# match stays as it is, so that pachkit says which file is missing.
shopt -s globstar
documents=()
while IFS= read -r pattern; do
  pattern="${pattern#"${pattern%%[![:space:]]*}"}"
  pattern="${pattern%"${pattern##*[![:space:]]}"}"
  [ -n "$pattern" ] || continue
  mapfile -t matches < <(compgen -G "$pattern" || printf '%s\n' "$pattern")
  documents+=("${matches[@]}")
done <<< "$PACHKIT_FILES"
