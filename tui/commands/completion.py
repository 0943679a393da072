"""`santral completion bash|zsh|fish`: what completes commands, options, campaigns and profiles in a shell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from shlex import quote
from typing import Final

from tui.commands.arguments.program import Completion
from tui.commands.invocation import Invocation
from tui.commands.output import lines
from tui.commands.spec import Node, Parameter, ValueKind
from tui.commands.specs import command_line
from tui.commands.status import Status, read_status
from tui.i18n.words import say

_MAX_CAMPAIGNS: Final = 500  # the newest: a longer list is no help

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


def complete(invocation: Invocation, arguments: Completion) -> Status:
    """The script of a shell, or what one asks for. StoreError, ConfigError; a shell shows neither."""
    if arguments.shell == "refs":
        return read_status(written=lines(_refs(invocation)))
    if arguments.shell == "profiles":
        return read_status(written=lines(_profiles(invocation)))
    return read_status(written=lines(script(arguments.shell).rstrip("\n").split("\n")))


def _refs(invocation: Invocation) -> Iterator[str]:
    from tui.commands.running import open_services

    with open_services(invocation) as services:
        for campaign in services.store.campaigns.page(services.profile.name, limit=_MAX_CAMPAIGNS):
            ref = f"d{campaign.id}" if campaign.provider_id is None else str(campaign.provider_id)
            yield f"{ref} {' '.join(campaign.name.split())}"


def _profiles(invocation: Invocation) -> list[str]:
    return list(invocation.sources.config_but_keys().profiles)


def script(shell: str) -> str:
    """The script for one of SHELLS, in the language in use. KeyError for any other."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](command_line())


def _kind(parameter: Parameter) -> ValueKind | None:
    return None if parameter.value is None else parameter.value.kind


def _flags(root: Node, *kinds: ValueKind) -> list[str]:
    """The options anywhere whose value is one of these."""
    found = {flag for node in root.walk() for option in node.options if _kind(option) in kinds for flag in option.flags}
    return sorted(found)


def _filled(template: str, root: Node, cases: Iterable[str], separator: str = "|") -> str:
    paths = [quote(_at(node)) for node in root.walk() if node.path]
    parts = {
        "VALUED": separator.join(_flags(root, *ValueKind)),
        "PATHS": separator.join(paths),
        "FILES": separator.join(_flags(root, ValueKind.FILE)),
        "REFS": separator.join(_flags(root, ValueKind.CAMPAIGN)),
        "PROFILES": separator.join(_flags(root, ValueKind.PROFILE)),
        "OTHERS": separator.join(_flags(root, *(kind for kind in ValueKind if kind not in _LOOKED_UP))),
        "CASES": "\n".join(cases),
    }
    for name, text in parts.items():
        template = template.replace(f"@{name}@", text)
    return template


def _at(node: Node) -> str:
    """A command's path as the scripts keep it: a blank before each word."""
    return "".join(f" {word}" for word in node.path)


def _words(node: Node) -> Iterator[tuple[str, str]]:
    """What can stand after a command, with what it does; `@refs` and `@files` are looked up in their moment."""
    yield from ((below.path[-1], say(below.help)) for below in node.commands)
    for place in node.places:
        yield from ((word, "") for word in _choices(place))
        if _kind(place) in _PLACEHOLDERS:
            yield _PLACEHOLDERS[_kind(place)], ""


def _choices(place: Parameter) -> tuple[str, ...]:
    return () if place.value is None else place.value.choices


def _options(node: Node) -> Iterator[tuple[str, str]]:
    return ((flag, say(option.help)) for option in node.options for flag in option.flags)


def _bash(root: Node) -> str:
    def joined(offered: Iterable[tuple[str, str]]) -> str:
        return " ".join(quote(word) for word, _ in offered)

    cases = (f"            {quote(_at(node))}) found=({joined(_words(node))})\n"
             f"                options=({joined(_options(node))}) ;;" for node in root.walk())
    return _filled(_BASH, root, cases)


def _zsh(root: Node) -> str:
    def joined(offered: Iterable[tuple[str, str]]) -> str:
        return " ".join(quote(f"{word}:{text}" if text else word) for word, text in offered)

    cases = (f"            ({quote(_at(node))}) found=({joined(_words(node))})\n"
             f"                options=({joined(_options(node))}) ;;" for node in root.walk())
    return _filled(_ZSH, root, cases)


def _fish(root: Node) -> str:
    return _filled(_FISH, root, _fish_lines(root), " ")


def _fish_lines(root: Node) -> Iterator[str]:
    for node in root.walk():
        at = f"complete -c santral -n {_fish_quoted('__santral_at ' + _fish_quoted(_at(node)))}"
        for below in node.commands:
            yield f"{at} -a {_fish_quoted(below.path[-1])} -d {_fish_quoted(say(below.help))}"
        for place in node.places:
            if _kind(place) is ValueKind.FILE:
                yield f"{at} -F"
            elif _kind(place) is ValueKind.CAMPAIGN:
                yield f"{at} -k -a '(__santral_refs)'"
            yield from (f"{at} -a {_fish_quoted(word)}" for word in _choices(place))
        for option in node.options:
            flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags)
            yield f"{at} {flags}{_fish_value(option)} -d {_fish_quoted(say(option.help))}"


def _fish_value(option: Parameter) -> str:
    kind = _kind(option)
    return "" if kind is None else _FISH_VALUES.get(kind, " -x")


_LOOKED_UP: Final = (ValueKind.FILE, ValueKind.CAMPAIGN, ValueKind.PROFILE)
_PLACEHOLDERS: Final[Mapping[ValueKind | None, str]] = {ValueKind.CAMPAIGN: "@refs", ValueKind.FILE: "@files"}
_FISH_VALUES: Final = {
    ValueKind.FILE: " -r -F", ValueKind.CAMPAIGN: " -x -k -a '(__santral_refs)'",
    ValueKind.PROFILE: " -x -a '(santral completion profiles 2>/dev/null)'",
}


def _fish_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
