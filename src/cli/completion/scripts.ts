import type { Shell } from './shells';

/** The scripts that `pachkit completion` prints. They know no word of the program: each asks it at a key press. */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of pachkit in bash. In ~/.bashrc: source <(pachkit completion bash)
_pachkit() {
  local line=\${COMP_LINE:0:COMP_POINT} words=() current lead candidate kind reply
  # Bash splits words at = and @, and replaces the last part alone; pachkit gets them whole.
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  current=\${words[\${#words[@]}-1]}
  lead=\${current%"$2"}
  COMPREPLY=()
  {
    read -r kind
    while IFS=$'\\t' read -r candidate _; do
      COMPREPLY+=("\${candidate#"$lead"}")
    done
  } < <("$1" completion words -- "\${words[@]:1}" 2> /dev/null)
  case $kind in
    files* | folders)
      current=\${2#@}
      current=\${current//\\\\/}
      while IFS= read -r reply; do COMPREPLY+=("$reply"); done < <(compgen -d -- "$current")
      while IFS= read -r reply; do
        [[ -d $reply ]] && continue
        [[ $kind == files || " \${kind#files } " == *" \${reply##*.} "* ]] && COMPREPLY+=("$reply")
      done < <([[ $kind == files* ]] && compgen -f -- "$current")
      compopt -o filenames 2> /dev/null
      ;;
  esac
}
complete -F _pachkit pachkit
`,
  zsh: `#compdef pachkit
# Completion of pachkit in zsh. In ~/.zshrc, after compinit: source <(pachkit completion zsh)
_pachkit() {
  local -a lines offers
  local kind line
  lines=("\${(@f)$("\${words[1]}" completion words -- "\${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2> /dev/null)}")
  kind=$lines[1]
  for line in "\${(@)lines[2,-1]}"; do
    [[ -n $line ]] && offers+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  case $kind in
    files)
      compset -P '--*='
      _files
      ;;
    files*)
      compset -P '--*='
      _files -g "*.(\${\${kind#files }// /|})(-.)"
      ;;
    folders)
      compset -P '--*='
      _path_files -/
      ;;
    *) _describe pachkit offers ;;
  esac
}
if [[ $funcstack[1] == _pachkit ]]; then
  _pachkit "$@"
else
  compdef _pachkit pachkit
fi
`,
  fish: `# Completion of pachkit in fish. pachkit completion fish > ~/.config/fish/completions/pachkit.fish
function __pachkit_offers
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l offers ($typed[1] completion words -- $typed[2..] "$current" 2> /dev/null)
    switch "$offers[1]"
        case 'files*' folders
            set -l lead (string match -r -- '^--[a-z][a-z-]*=' $current)
            set -l endings (string split -n ' ' (string replace -r '^(files|folders) ?' '' $offers[1]))
            for file in (complete -C "__pachkit_no_command "(string escape -- (string replace -- "$lead" '' $current)))
                set -l name (string split -f 1 \\t -- $file)
                set -l ending (string match -r '[^.]*$' -- $name)
                if string match -q '*/' -- $name
                    echo "$lead$name"
                else if test "$offers[1]" = files; or contains -- $ending $endings
                    echo "$lead$name"
                end
            end
        case '*'
            string join \\n -- $offers[2..]
    end
end
complete -c pachkit -f -a '(__pachkit_offers)'
`,
};
