"""`santral completion bash|zsh|fish`: what completes commands, options, campaigns and profiles in a shell."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from shlex import quote
from typing import Final

from tui.commands.arguments import SHELLS, make_parser
from tui.commands.output import lines
from tui.commands.status import Status
from tui.commands.tree import Command, Value, read

_MOST_CAMPAIGNS: Final = 500  # the newest: more help nobody

_BASH: Final = r"""# eval "$(santral completion bash)"
# $1 as the shell would take it, with nothing in it expanded: `plain`; an open quotation mark: `mark`, and what stands
# before it: `before`.
_santral_read() {
    local sign place
    plain= mark= before=
    for ((place = 0; place < ${#1}; place++)); do
        sign=${1:place:1}
        if [[ $mark == "'" && $sign != "'" ]]; then
            plain+=$sign
        elif [[ $sign == "\\" ]]; then
            ((++place))
            if [[ -n $mark && ${1:place:1} != [\"\\\$\`] ]]; then plain+="\\"; fi
            plain+=${1:place:1}
        elif [[ -n $mark && $sign == "$mark" ]]; then
            mark=
        elif [[ -z $mark && $sign == [\'\"] ]]; then
            mark=$sign before=$plain
        else
            plain+=$sign
        fi
    done
}
# $1 as it has to be typed: `quoted`.
_santral_quote() {
    local back='\'
    quoted=$1
    case $mark in
        "'") quoted=${quoted//"'"/"'$back''"} ;;
        '"')
            quoted=${quoted//"$back"/"$back$back"}
            quoted=${quoted//'"'/"$back"'"'}
            quoted=${quoted//'$'/"$back"'$'}
            quoted=${quoted//'`'/"$back"'`'}
            quoted=${quoted//'!'/'"'"$back"'!"'} ;;
        *) printf -v quoted %q "$1" ;;
    esac
}
# What santral lists, each line a word; with $2 the first word of each.
_santral_listed() {
    local line
    while IFS= read -r line; do
        if [[ -n ${2-} ]]; then line=${line%% *}; fi
        if [[ -n $line ]]; then found+=("$line"); fi
    done < <(santral completion "$1" 2>/dev/null)
}
_santral_files() {
    local file path=$plain failing=
    if shopt -q failglob; then failing=yes && shopt -u failglob; fi
    if [[ $current == "~/"* ]]; then path=$HOME/${plain#*/}; fi
    for file in "$path"*; do
        if [[ -e $file || -L $file ]]; then COMPREPLY+=("${file#"$before"}"); fi
    done
    if [[ -n $failing ]]; then shopt -s failglob; fi
    compopt -o filenames 2>/dev/null
}
_santral() {
    local at= word index previous= current= plain mark before quoted files= tail=${COMP_WORDS[COMP_CWORD]}
    local rest=$COMP_LINE
    local -a typed=() found=() options=() offered=()
    COMPREPLY=()
    # COMP_WORDS is broken at = and : too, where the shell goes on with the same word.
    for ((index = 0; index <= COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        if ((index > 0)) && [[ $rest != [[:blank:]]* ]] \
                && [[ $word == [=:]* || ${COMP_WORDS[index-1]} == *[=:] ]]; then
            typed[${#typed[@]}-1]+=$word
        else
            typed+=("$word")
        fi
        rest=${rest#"${rest%%[![:blank:]]*}"}
        rest=${rest#"$word"}
    done
    for ((index = 1; index < ${#typed[@]} - 1; index++)); do
        word=${typed[index]}
        case $word in
            @VALUED@) ((index++)) ;;
            *) case "$at $word" in
                @PATHS@) at="$at $word" ;;
            esac ;;
        esac
    done
    if ((${#typed[@]} > 1)); then previous=${typed[${#typed[@]}-2]} current=${typed[${#typed[@]}-1]}; fi
    if [[ $current == --*=* ]]; then previous=${current%%=*} current=${current#*=}; fi
    if [[ $tail == [=:]* ]]; then tail=; fi
    # What stands before the part that is replaced.
    _santral_read "${current%"$tail"}"
    word=$plain
    _santral_read "$current"
    if [[ -z $mark ]]; then before=$word; fi
    case $previous in
        @FILES@) files=yes ;;
        @REFS@) _santral_listed refs first ;;
        @PROFILES@) _santral_listed profiles ;;
        @OTHERS@) return ;;
        *) case $at in
@CASES@
        esac ;;
    esac
    if [[ $current == -* ]]; then found=("${options[@]}"); fi
    for word in "${found[@]}"; do
        case $word in
            @refs) found=() && _santral_listed refs first && offered+=("${found[@]}") ;;
            @files) files=yes ;;
            *) offered+=("$word") ;;
        esac
    done
    for word in "${offered[@]}"; do
        if [[ $word == "$plain"* ]]; then
            _santral_quote "${word#"$before"}"
            COMPREPLY+=("$quoted")
        fi
    done
    if [[ -n $files ]]; then _santral_files; fi
}
complete -F _santral santral
"""

_ZSH: Final = r"""#compdef santral
# eval "$(santral completion zsh)"
# What santral lists, as _describe reads it: a name, a colon, what it is; others of its signs behind backslashes.
_santral_listed() {
    local line name text
    for line in "${(@f)$(santral completion $1 2>/dev/null)}"; do
        name=$line text=
        if [[ $1 == refs ]]; then name=${line%% *} text=${line#* }; fi
        name=${name//\\/\\\\}
        name=${name//:/\\:}
        if [[ -n $name ]]; then found+=("$name${text:+:}$text"); fi
    done
}
_santral() {
    local at= word index=2 previous=${words[CURRENT-1]}
    local -a found options
    while ((index < CURRENT)); do
        word=${words[index]}
        case $word in
            (@VALUED@) ((index++)) ;;
            (*) case "$at $word" in
                (@PATHS@) at="$at $word" ;;
            esac ;;
        esac
        ((index++))
    done
    if [[ ${words[CURRENT]} == --*=* ]]; then
        previous=${words[CURRENT]%%\=*}
        compset -P 1 '*='
    fi
    case $previous in
        (@FILES@) _files; return ;;
        (@REFS@) _santral_listed refs ;;
        (@PROFILES@) _santral_listed profiles ;;
        (@OTHERS@) return ;;
        (*) case $at in
@CASES@
        esac ;;
    esac
    if [[ ${words[CURRENT]} == -* && ${words[CURRENT]} != *=* ]]; then found=($options); fi
    if ((${found[(Ie)@refs]})); then found[${found[(Ie)@refs]}]=(); _santral_listed refs; fi
    if ((${found[(Ie)@files]})); then found[${found[(Ie)@files]}]=(); _files; fi
    _describe santral found
}
compdef _santral santral
"""

_FISH: Final = """\
# santral completion fish | source
function __santral_at
    set -l at
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case @VALUED@
                set skip 1
            case '*'
                switch "$at $word"
                    case @PATHS@
                        set at "$at $word"
                end
        end
    end
    test "$at" = "$argv[1]"
end
function __santral_refs
    santral completion refs 2>/dev/null | string replace ' ' \\t
end
complete -c santral -f
@CASES@
"""


def run_completion(arguments: Namespace) -> Status:
    """StoreError, ConfigError; a shell shows neither."""
    if arguments.shell == "refs":
        return _status(written=lines(_refs(arguments)))
    if arguments.shell == "profiles":
        return _status(written=lines(_profiles(arguments)))
    return _status(written=lines(script(arguments.shell).rstrip("\n").split("\n")))


def _status(*, written: bool) -> Status:
    return Status.DONE if written else Status.FAILED


def _refs(arguments: Namespace) -> Iterator[str]:
    from tui.commands.work import at_work

    with at_work(arguments) as services:
        for campaign in services.store.campaigns.page(services.profile.name, limit=_MOST_CAMPAIGNS):
            ref = f"d{campaign.id}" if campaign.provider_id is None else str(campaign.provider_id)
            yield f"{ref} {' '.join(campaign.name.split())}"


def _profiles(arguments: Namespace) -> list[str]:
    from tui.config import load

    return list(load(arguments.config, arguments.environ).profiles)


def script(shell: str) -> str:
    """The script for one of SHELLS, in the language in use."""
    root = read(make_parser())
    write = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if shell not in SHELLS:
        raise ValueError(shell)
    return write[shell](root)


def _flags(root: Command, *values: Value) -> list[str]:
    """The options anywhere whose value is one of these."""
    found = {flag for command in root.walk() for option in command.options if option.value in values
             for flag in option.flags}
    return sorted(found)


def _filled(template: str, root: Command, cases: Iterable[str], separator: str = "|") -> str:
    paths = [quote(f" {' '.join(command.path)}") for command in root.walk() if command.path]
    parts = {
        "VALUED": separator.join(_flags(root, *(value for value in Value if value is not Value.NONE))),
        "PATHS": separator.join(paths),
        "FILES": separator.join(_flags(root, Value.FILE)),
        "REFS": separator.join(_flags(root, Value.REF)),
        "PROFILES": separator.join(_flags(root, Value.PROFILE)),
        "OTHERS": separator.join(_flags(root, Value.OTHER, Value.WORD)),
        "CASES": "\n".join(cases),
    }
    for name, text in parts.items():
        template = template.replace(f"@{name}@", text)
    return template


def _at(command: Command) -> str:
    """A command's path as the scripts keep it: a blank before each word."""
    return "".join(f" {word}" for word in command.path)


def _words(command: Command) -> Iterator[tuple[str, str]]:
    """What can stand after a command, with what it does; `@refs` and `@files` are looked up in their moment."""
    yield from ((below.path[-1], below.help) for below in command.commands)
    for place in command.places:
        yield from ((word, "") for word in place.words)
        if place.value in (Value.REF, Value.FILE):
            yield f"@{place.value}s", ""


def _options(command: Command) -> Iterator[tuple[str, str]]:
    return ((flag, option.help) for option in command.options for flag in option.flags)


def _bash(root: Command) -> str:
    def joined(told: Iterable[tuple[str, str]]) -> str:
        return " ".join(quote(word) for word, _ in told)

    cases = (f"            {quote(_at(command))}) found=({joined(_words(command))})\n"
             f"                options=({joined(_options(command))}) ;;" for command in root.walk())
    return _filled(_BASH, root, cases)


def _zsh(root: Command) -> str:
    def joined(told: Iterable[tuple[str, str]]) -> str:
        return " ".join(quote(f"{word}:{text}" if text else word) for word, text in told)

    cases = (f"            ({quote(_at(command))}) found=({joined(_words(command))})\n"
             f"                options=({joined(_options(command))}) ;;" for command in root.walk())
    return _filled(_ZSH, root, cases)


def _fish(root: Command) -> str:
    return _filled(_FISH, root, _fish_lines(root), " ")


def _fish_lines(root: Command) -> Iterator[str]:
    for command in root.walk():
        at = f"complete -c santral -n {_fish_quoted('__santral_at ' + _fish_quoted(_at(command)))}"
        for below in command.commands:
            yield f"{at} -a {_fish_quoted(below.path[-1])} -d {_fish_quoted(below.help)}"
        for place in command.places:
            if place.value is Value.FILE:
                yield f"{at} -F"
            elif place.value is Value.REF:
                yield f"{at} -k -a '(__santral_refs)'"
            yield from (f"{at} -a {_fish_quoted(word)}" for word in place.words)
        for option in command.options:
            flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags)
            yield f"{at} {flags}{_FISH_VALUES[option.value]} -d {_fish_quoted(option.help)}"


_FISH_VALUES: Final = {
    Value.NONE: "", Value.FILE: " -r -F", Value.OTHER: " -x", Value.WORD: " -x",
    Value.REF: " -x -k -a '(__santral_refs)'",
    Value.PROFILE: " -x -a '(santral completion profiles 2>/dev/null)'",
}


def _fish_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
