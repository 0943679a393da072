"""Types the changes of `msgspec.structs.replace`, for mypy, which knows them of `dataclasses.replace` alone."""

from __future__ import annotations

from collections.abc import Callable

from mypy.expandtype import expand_type_by_instance
from mypy.nodes import ARG_NAMED_OPT, ARG_POS
from mypy.plugin import FunctionSigContext, Plugin
from mypy.types import CallableType, FunctionLike, Instance, get_proper_type


class TypedReplace(Plugin):
    """Each change is a field of the value's class, and has its type."""

    def get_function_signature_hook(self, fullname: str) -> Callable[[FunctionSigContext], FunctionLike] | None:
        return _of_the_value if fullname == "msgspec.structs.replace" else None


def plugin(_version: str) -> type[Plugin]:
    return TypedReplace


def _of_the_value(context: FunctionSigContext) -> FunctionLike:
    default = context.default_signature
    if len(context.args[0]) != 1:
        return default
    value = get_proper_type(context.api.get_expression_type(context.args[0][0]))
    made_by = value.type.get_method("__init__") if isinstance(value, Instance) else None
    made = get_proper_type(made_by.type) if made_by else None
    if not isinstance(value, Instance) or not isinstance(made, CallableType):
        return default
    made = expand_type_by_instance(made, value)
    return default.copy_modified(
        arg_names=[None, *made.arg_names[1:]], arg_kinds=[ARG_POS, *[ARG_NAMED_OPT] * len(made.arg_names[1:])],
        arg_types=[value, *made.arg_types[1:]], ret_type=value, variables=[])
