"""Ordinary code of lessons: an edit that changes a result is never missed."""

import importlib
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from freezing import freeze_everything
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.collect.artefact import Place

FUNCTION = "def f(x):\n    return x + 1\n"


def page(head: str, value: str) -> str:
    return f"{head}\n\ndef experiment_x(n=1):\n    return {{'value': {value}}}\n"


# What the page says, what its experiment returns, and an edit: (old, new), in the page
# or, after "file: ", in another. Further files follow.
Example = tuple[str, str, tuple[str, str]]
CHANGES: dict[str, tuple[Any, ...]] = {
    # --- tables of functions
    "registry by decorator": (
        "REG = {}\ndef reg(f):\n    REG[f.__name__] = f\n    return f\n"
        "@reg\ndef relu(x):\n    return x + 1\n",
        "REG['relu'](1)",
        ("x + 1", "x + 2"),
    ),
    "registry by decorator with an argument": (
        "REG = {}\ndef reg(name):\n    def keep(f):\n        REG[name] = f\n"
        "        return f\n    return keep\n"
        "@reg('a')\ndef relu(x):\n    return x + 1\n",
        "REG['a'](1)",
        ("x + 1", "x + 2"),
    ),
    "registry in a loop": (
        "REG = {}\ndef a(x):\n    return x + 1\ndef b(x):\n    return x\n"
        "for f in (a, b):\n    REG[f.__name__] = f\n",
        "REG['a'](1)",
        ("x + 1", "x + 2"),
    ),
    "registry by comprehension": (
        "def a(x):\n    return x + 1\nREG = {f.__name__: f for f in (a,)}\n",
        "REG['a'](1)",
        ("x + 1", "x + 2"),
    ),
    "registry of a sibling": (
        "from tools import REG, reg\n@reg\ndef relu(x):\n    return x + 1\n",
        "REG['relu'](1)",
        ("x + 1", "x + 2"),
        {"tools": "REG = {}\ndef reg(f):\n    REG[f.__name__] = f\n    return f\n"},
    ),
    "registry filled in a sibling": (
        "import fill\nfrom tools import REG\n",
        "REG['relu'](1)",
        ("fill: x + 1", "x + 2"),
        {
            "tools": "REG = {}\ndef reg(f):\n    REG[f.__name__] = f\n    return f\n",
            "fill": "from tools import reg\n@reg\ndef relu(x):\n    return x + 1\n",
        },
    ),
    "registry by setdefault and append": (
        "REG = {}\ndef a(x):\n    return x + 1\nREG.setdefault('k', []).append(a)\n",
        "REG['k'][0](1)",
        ("x + 1", "x + 2"),
    ),
    "table by its own class": (
        "class Table:\n    def __init__(self):\n        self.items = []\n"
        "    def add(self, f):\n        self.items.append(f)\n        return f\n"
        "TABLE = Table()\n@TABLE.add\ndef a(x):\n    return x + 1\n",
        "TABLE.items[0](1)",
        ("x + 1", "x + 2"),
    ),
    "subclasses of a class": (
        "class Base: ...\nclass A(Base):\n    n = 1\n",
        "Base.__subclasses__()[0].n",
        ("n = 1", "n = 2"),
    ),
    "init_subclass": (
        "REG = []\nclass Base:\n    def __init_subclass__(cls):\n"
        "        REG.append(cls)\nclass A(Base):\n    n = 1\n",
        "REG[0].n",
        ("n = 1", "n = 2"),
    ),
    "metaclass": (
        "class Meta(type):\n    def __new__(m, name, bases, body):\n"
        "        body['n'] = 1\n        return super().__new__(m, name, bases, body)\n"
        "class A(metaclass=Meta): ...\n",
        "A.n",
        ("= 1", "= 2"),
    ),
    "singledispatch": (
        "from functools import singledispatch\n@singledispatch\ndef f(x):\n"
        "    return 0\n@f.register\ndef _(x: int):\n    return x + 1\n",
        "f(1)",
        ("x + 1", "x + 2"),
    ),
    "singledispatch with a name": (
        "from functools import singledispatch\n@singledispatch\ndef f(x):\n"
        "    return 0\n@f.register(int)\ndef of_int(x):\n    return x + 1\n",
        "f(1)",
        ("x + 1", "x + 2"),
    ),
    "singledispatch in a sibling": (
        "from tools import f\n@f.register(int)\ndef of_int(x):\n    return x + 1\n",
        "f(1)",
        ("x + 1", "x + 2"),
        {
            "tools": "from functools import singledispatch\n@singledispatch\n"
            "def f(x):\n    return 0\n"
        },
    ),
    # --- effects in assignments and elsewhere
    "effect in an assignment": (
        "CONFIG = {'lr': 0}\n_ = CONFIG.update(lr=1)\n",
        "CONFIG['lr']",
        ("lr=1", "lr=2"),
    ),
    "effect in a used assignment": (
        "CONFIG = {'lr': 0}\nOLD = CONFIG.update(lr=1)\n",
        "CONFIG['lr']",
        ("lr=1", "lr=2"),
    ),
    "item in a tuple of targets": (
        "CONFIG = {}\nX, CONFIG['lr'] = 0, 1\n",
        "CONFIG['lr']",
        ("0, 1", "0, 2"),
    ),
    "sibling's attribute in a tuple of targets": (
        "import tools\ndef mine(x):\n    return x\nX, tools.f = 1, mine\n",
        "tools.f(1)",
        ("return x", "return x + 3"),
        {"tools": FUNCTION},
    ),
    "sibling's attribute": (
        "import tools\ntools.K = 2\n",
        "tools.f(1)",
        ("K = 2", "K = 3"),
        {"tools": "K = 1\ndef f(x):\n    return x * K\n"},
    ),
    "sibling's setattr": (
        "import tools\ndef g(x):\n    return x\nsetattr(tools, 'f', g)\n",
        "tools.f(1)",
        ("return x", "return x + 5"),
        {"tools": FUNCTION},
    ),
    "sibling's object changed": (
        "from tools import CONFIG, f\nCONFIG['k'] = 1\n",
        "f(1)",
        ("= 1", "= 2"),
        {"tools": "CONFIG = {'k': 0}\ndef f(x):\n    return x * CONFIG['k']\n"},
    ),
    "sibling's object changed by a method": (
        "import tools\ntools.CONFIG.update(k=1)\n",
        "tools.f(1)",
        ("k=1", "k=2"),
        {"tools": "CONFIG = {'k': 0}\ndef f(x):\n    return x * CONFIG['k']\n"},
    ),
    "sibling changed by a third": (
        "import change\nfrom tools import f\n",
        "f(1)",
        ("change: = 2", "= 3"),
        {
            "tools": "K = 1\ndef f(x):\n    return x * K\n",
            "change": "import tools\ntools.K = 2\n",
        },
    ),
    "setup called at once": (
        "RATE = 0\ndef setup():\n    global RATE\n    RATE = 1\nsetup()\n",
        "RATE",
        ("RATE = 1", "RATE = 2"),
    ),
    "setup through another function": (
        "RATE = 0\ndef inner():\n    global RATE\n    RATE = 1\n"
        "def setup():\n    inner()\nsetup()\n",
        "RATE",
        ("RATE = 1", "RATE = 2"),
    ),
    "setup with an object": (
        "ITEMS = []\ndef setup(items):\n    items.append(1)\nsetup(ITEMS)\n",
        "ITEMS[0]",
        ("append(1)", "append(2)"),
    ),
    "setup by keyword": (
        "ITEMS = []\ndef setup(items):\n    items.append(1)\nsetup(items=ITEMS)\n",
        "ITEMS[0]",
        ("append(1)", "append(2)"),
    ),
    "setup by a sibling": (
        "from tools import setup\nITEMS = []\nsetup(ITEMS)\n",
        "ITEMS[0]",
        ("tools: append(1)", "append(2)"),
        {"tools": "def setup(items):\n    items.append(1)\n"},
    ),
    "library changes a list": (
        "import random\nrandom.seed(1)\nITEMS = list(range(9))\n"
        "random.shuffle(ITEMS)\n",
        "ITEMS",
        ("seed(1)", "seed(2)"),
    ),
    "library changes a list in place": (
        "import heapq\nITEMS = [3, 2, 9]\nheapq.heappush(ITEMS, 1)\n",
        "ITEMS[0]",
        (", 1)", ", 0)"),
    ),
    "list changed under another name": (
        "ITEMS = [1]\nOTHER = ITEMS\nOTHER.append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "list changed inside another": (
        "ITEMS = [1]\nTABLE = {'a': ITEMS}\nTABLE['a'].append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "list changed in a loop over its holder": (
        "A = [1]\nB = [2]\nfor items in (A, B):\n    items.append(3)\n",
        "A[-1]",
        ("append(3)", "append(4)"),
    ),
    "list changed with a context": (
        "import contextlib\nITEMS = [1]\n"
        "with contextlib.nullcontext(ITEMS) as items:\n    items.append(3)\n",
        "ITEMS[-1]",
        ("append(3)", "append(4)"),
    ),
    "slice": ("ITEMS = [1, 2]\nITEMS[:1] = [5]\n", "ITEMS[0]", ("[5]", "[6]")),
    "augmented": ("N = 1\nN += 1\n", "N", ("+= 1", "+= 2")),
    "augmented list": ("A = [1]\nA += [2]\n", "A[1]", ("[2]", "[3]")),
    "augmented part": ("A = [1]\nA[0] += 2\n", "A[0]", ("+= 2", "+= 3")),
    "deleted": ("A = {'a': 1, 'b': 2}\ndel A['a']\n", "[*A]", ("['a']", "['b']")),
    "attribute of a function": (
        "def f():\n    return f.k\nf.k = 1\n",
        "f()",
        ("k = 1", "k = 2"),
    ),
    "attribute of a class from outside": (
        "class A:\n    k = 0\nA.k = 1\n",
        "A().k",
        ("k = 1", "k = 2"),
    ),
    "method put into a class": (
        "class A: ...\ndef m(self):\n    return 1\nA.m = m\n",
        "A().m()",
        ("return 1", "return 2"),
    ),
    "builtins changed": (
        "import builtins\nbuiltins.answer = lambda: 1\n",
        "answer()",
        ("lambda: 1", "lambda: 2"),
    ),
    "library patched": (
        "import math\nmath.tau = 1\n",
        "__import__('math').tau if False else math.tau",
        ("tau = 1", "tau = 2"),
    ),
    "library patched by a sibling": (
        "import math\nimport patch\n",
        "math.tau",
        ("patch: tau = 1", "tau = 2"),
        {"patch": "import math\nmath.tau = 1\n"},
    ),
    "global seed": (
        "import random\nrandom.seed(1)\nN = random.random()\n",
        "N",
        ("seed(1)", "seed(2)"),
    ),
    "print options": (
        "import numpy as np\nnp.set_printoptions(precision=2)\n",
        "repr(np.array([1.23456]))",
        ("precision=2", "precision=3"),
    ),
    # --- how names are bound
    "class body re-binds": (
        "LR = 1\nclass C:\n    LR = LR\n",
        "C.LR",
        ("LR = 1", "LR = 2"),
    ),
    "class body reads": (
        "LR = 1\nclass C:\n    rates = [LR * 2]\n",
        "C.rates",
        ("LR = 1", "LR = 2"),
    ),
    "walrus in a comprehension": (
        "X = [last := i for i in range(3)]\n",
        "last",
        ("range(3)", "range(4)"),
    ),
    "walrus in a condition": (
        "if (last := 3) > 1:\n    pass\n",
        "last",
        ("last := 3", "last := 4"),
    ),
    "walrus in a default": (
        "def f(x=(K := 1)):\n    return x\n",
        "K",
        ("K := 1", "K := 2"),
    ),
    "loop variable": ("for i in range(3):\n    pass\n", "i", ("(3)", "(4)")),
    "with target": (
        "import contextlib\nwith contextlib.nullcontext(1) as k:\n    pass\n",
        "k",
        ("(1)", "(2)"),
    ),
    "exception branch": (
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    K = 1\n",
        "K",
        ("K = 1", "K = 2"),
    ),
    "finally branch": ("try:\n    pass\nfinally:\n    K = 1\n", "K", ("= 1", "= 2")),
    "match at module level": (
        "match (1, 2):\n    case (a, b):\n        K = a\n",
        "K",
        ("K = a", "K = b"),
    ),
    "match with a capture": ("match [1, 2]:\n    case [*a]: ...\n", "a", ("2]", "3]")),
    "match mapping rest": (
        "match {'a': 1, 'b': 2}:\n    case {'a': _, **rest}: ...\n",
        "rest",
        ("'b': 2", "'b': 3"),
    ),
    "match in a helper": (
        "def f(x):\n    match x:\n        case 1:\n            return 5\n",
        "f(1)",
        ("return 5", "return 6"),
    ),
    "conditional definition": (
        "if True:\n    def f():\n        return 1\n"
        "else:\n    def f():\n        return 0\n",
        "f()",
        ("return 1", "return 2"),
    ),
    "conditional on a name": (
        "FAST = True\nif FAST:\n    K = 1\nelse:\n    K = 2\n",
        "K",
        ("FAST = True", "FAST = False"),
    ),
    "definition in a loop": (
        "for k in (1, 2):\n    def f(k=k):\n        return k\n",
        "f()",
        ("(1, 2)", "(1, 3)"),
    ),
    "second definition wins": (
        "def f():\n    return 1\ndef f():\n    return 2\n",
        "f()",
        ("return 2", "return 3"),
    ),
    "order of definitions of one name": (
        "K = 1\nK = 2\n",
        "K",
        ("K = 1\nK = 2", "K = 2\nK = 1"),
    ),
    "chained targets": ("A = B = 1\n", "B", ("= 1", "= 2")),
    "starred target": ("A, *B = 1, 2, 3\n", "B", ("2, 3", "2, 4")),
    "annotated": ("K: int = 1\n", "K", ("= 1", "= 2")),
    "type alias as data": (
        "class Net:\n    units: int = 3\n",
        "[*Net.__annotations__]",
        ("units", "width"),
    ),
    "annotation as data": (
        "def f(x: int): ...\n",
        "str(f.__annotations__)",
        ("x: int", "x: float"),
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    n: int = 1\n",
        "P().n",
        ("n: int = 1", "n: int = 2"),
    ),
    "named tuple": (
        "from typing import NamedTuple\nclass P(NamedTuple):\n    n: int = 1\n",
        "P().n",
        ("= 1", "= 2"),
    ),
    "enum": (
        "from enum import Enum\nclass C(Enum):\n    A = 1\n",
        "C.A.value",
        ("A = 1", "A = 2"),
    ),
    "base class": (
        "class A:\n    def f(self):\n        return 1\nclass B(A): ...\n",
        "B().f()",
        ("return 1", "return 2"),
    ),
    "base class in a sibling": (
        "import tools\nclass B(tools.A): ...\n",
        "B().f()",
        ("tools: return 1", "return 2"),
        {"tools": "class A:\n    def f(self):\n        return 1\n"},
    ),
    "class attribute": ("class A:\n    n = 1\n", "A.n", ("n = 1", "n = 2")),
    "property": (
        "class A:\n    @property\n    def n(self):\n        return 1\n",
        "A().n",
        ("return 1", "return 2"),
    ),
    "method of an object": (
        "class A:\n    def f(self):\n        return 1\nOBJECT = A()\n",
        "OBJECT.f()",
        ("return 1", "return 2"),
    ),
    "nested function": (
        "def f():\n    def g():\n        return 1\n    return g()\n",
        "f()",
        ("return 1", "return 2"),
    ),
    "closure": (
        "def make(k):\n    def g():\n        return k\n    return g\nf = make(1)\n",
        "f()",
        ("make(1)", "make(2)"),
    ),
    "lambda in a dict": ("T = {'a': lambda x: x + 1}\n", "T['a'](1)", ("+ 1", "+ 2")),
    "default of a helper": ("def f(k=1):\n    return k\n", "f()", ("k=1", "k=2")),
    "keyword default of a helper": (
        "def f(*, k=1):\n    return k\n",
        "f()",
        ("k=1", "k=2"),
    ),
    "default from a constant": (
        "K = 1\ndef f(k=K):\n    return k\n",
        "f()",
        ("K = 1", "K = 2"),
    ),
    "default that is a call": (
        "def g():\n    return 1\ndef f(k=g()):\n    return k\n",
        "f()",
        ("return 1", "return 2"),
    ),
    "async helper": (
        "import asyncio\nasync def f():\n    return 1\n",
        "asyncio.run(f())",
        ("return 1", "return 2"),
    ),
    "generator": (
        "def f():\n    yield 1\n",
        "[*f()]",
        ("yield 1", "yield 2"),
    ),
    "partial": (
        "from functools import partial\ndef f(x):\n    return x\ng = partial(f, 1)\n",
        "g()",
        ("return x", "return x + 1"),
    ),
    "partial's argument": (
        "from functools import partial\ndef f(x):\n    return x\ng = partial(f, 1)\n",
        "g()",
        ("f, 1", "f, 2"),
    ),
    "reduce with a helper": (
        "from functools import reduce\ndef f(a, b):\n    return a + b\n",
        "reduce(f, [1, 2])",
        ("a + b", "a - b"),
    ),
    "function by getattr on a class": (
        "class A:\n    def f_one(self):\n        return 1\n",
        "getattr(A(), 'f_' + 'one')()",
        ("return 1", "return 2"),
    ),
    "descriptor": (
        "class D:\n    def __get__(self, o, t):\n        return 1\n"
        "class A:\n    d = D()\n",
        "A().d",
        ("return 1", "return 2"),
    ),
    "operator": (
        "class V:\n    def __add__(self, o):\n        return 1\n",
        "V() + V()",
        ("return 1", "return 2"),
    ),
    "operator of another class": (
        "class V:\n    def __radd__(self, o):\n        return 1\nv = V()\n",
        "2 + v",
        ("return 1", "return 2"),
    ),
    "context manager": (
        "class C:\n    def __enter__(self):\n        return 1\n"
        "    def __exit__(self, *a): ...\ndef f():\n    with C() as c:\n"
        "        return c\n",
        "f()",
        ("return 1", "return 2"),
    ),
    "docstring as data": (
        'def f():\n    """하나"""\n',
        "f.__doc__",
        ("하나", "둘"),
    ),
    "docstring of a class as data": (
        'class A:\n    """하나"""\n',
        "A.__doc__",
        ("하나", "둘"),
    ),
    "docstring by inspect": (
        'import inspect\ndef f():\n    """하나"""\n',
        "inspect.getdoc(f)",
        ("하나", "둘"),
    ),
    "docstring through a helper": (
        'def f():\n    """하나"""\ndef show(g):\n    return g.__doc__\n',
        "show(f)",
        ("하나", "둘"),
    ),
    "docstring of a module": (
        '"""하나"""\n',
        "__doc__",
        ("하나", "둘"),
    ),
    "docstring of a sibling": (
        "import tools\n",
        "tools.__doc__",
        ("tools: 하나", "둘"),
        {"tools": '"""하나"""\n'},
    ),
    "name of a function as data": (
        "def relu(): ...\nF = [relu]\n",
        "F[0].__name__",
        ("relu", "tanh"),
    ),
    "name of a class as data": (
        "class Relu: ...\nF = [Relu]\n",
        "F[0].__name__",
        ("Relu", "Tanh"),
    ),
    # --- names looked up by a text
    "globals": ("def f():\n    return 1\n", "globals()['f']()", ("n 1", "n 2")),
    "globals in a helper": (
        "def f():\n    return 1\ndef call(name):\n    return globals()[name]()\n",
        "call('f')",
        ("n 1", "n 2"),
    ),
    "eval": (FUNCTION, "eval('f(1)')", ("x + 1", "x + 2")),
    "eval of an f-string": (FUNCTION, "eval(f'f({n})')", ("x + 1", "x + 2")),
    "exec": (
        "def f():\n    return 1\n"
        "def g():\n    exec('global K; K = f()')\n    return K\n",
        "g()",
        ("n 1", "n 2"),
    ),
    "exec at module level": ("SOURCE = 'K = 1'\nexec(SOURCE)\n", "K", ("= 1", "= 2")),
    "vars": (
        "def f():\n    return 1\n",
        "vars()['f']() if 'f' in vars() else f()",
        ("n 1", "n 2"),
    ),
    "vars of a sibling": (
        "import tools\n",
        "vars(tools)['f'](1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "getattr of a sibling": (
        "import tools\n",
        "getattr(tools, 'f')(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "dir of a sibling": (
        "import tools\n",
        "[d for d in dir(tools) if d[0] != '_']",
        ("tools: def f", "def g"),
        {"tools": FUNCTION},
    ),
    "dict of a sibling": (
        "import tools\n",
        "tools.__dict__['f'](1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "sys.modules": (
        "import sys\ndef f():\n    return 1\nHERE = sys.modules[__name__]\n",
        "HERE.f()",
        ("n 1", "n 2"),
    ),
    "sys.modules in a function": (
        "import sys\ndef f():\n    return 1\n",
        "getattr(sys.modules[__name__], 'f')()",
        ("n 1", "n 2"),
    ),
    "modules of sys": (
        "from sys import modules\ndef f():\n    return 1\n",
        "modules[__name__].f()",
        ("n 1", "n 2"),
    ),
    "operator.attrgetter of a sibling": (
        "import tools\nfrom operator import attrgetter\n",
        "attrgetter('f')(tools)(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "function's globals": (
        "def f():\n    return 1\ndef g(): ...\n",
        "g.__globals__['f']()",
        ("n 1", "n 2"),
    ),
    "import by a text": (
        "import importlib\n",
        "importlib.import_module('tools').f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "import by a text, renamed": (
        "from importlib import import_module as load\n",
        "load('tools').f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "import by a text, module renamed": (
        "import importlib as il\n",
        "il.import_module('tools').f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "__import__": (
        "",
        "__import__('tools').f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "runpy": (
        "import runpy\n",
        "runpy.run_module('tools')['f'](1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "source of a function": (
        "import inspect\ndef f():\n    return 1  # 하나\n",
        "inspect.getsource(f)",
        ("하나", "둘"),
    ),
    "source, renamed": (
        "import inspect as i\ndef f():\n    return 1  # 하나\n",
        "i.getsource(f)",
        ("하나", "둘"),
    ),
    "source lines": (
        "import inspect\ndef f():\n    return 1  # 하나\n",
        "inspect.getsourcelines(f)[0]",
        ("하나", "둘"),
    ),
    "main block's else": (
        "if __name__ == '__main__':\n    K = 0\nelse:\n    K = 1\n",
        "K",
        ("K = 1", "K = 2"),
    ),
    "main block the other way round": (
        "if __name__ != '__main__':\n    K = 1\n",
        "K",
        ("K = 1", "K = 2"),
    ),
    # --- modules
    "from import": (
        "from tools import f\n",
        "f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "import as": (
        "import tools as t\n",
        "t.f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "module under another name": (
        "import tools\nt = tools\n",
        "t.f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "module in a table": (
        "import tools\nT = {'a': tools}\n",
        "T['a'].f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "module passed on": (
        "import tools\ndef use(m):\n    return m.f(1)\n",
        "use(tools)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "star import with re-export": (
        "from tools import *\n",
        "f(1)",
        ("inner: x + 1", "x + 2"),
        {"tools": "from inner import *\n", "inner": FUNCTION},
    ),
    "star import with __all__": (
        "from tools import *\nfrom more import *\n",
        "f(1)",
        ("more: ['g']", "['f', 'g']"),
        {
            "tools": FUNCTION,
            "more": "__all__ = ['g']\ndef f(x):\n    return -x\ndef g(): ...\n",
        },
    ),
    "re-export": (
        "from tools import f\n",
        "f(1)",
        ("inner: x + 1", "x + 2"),
        {"tools": "from inner import f\n", "inner": FUNCTION},
    ),
    "re-export under another name": (
        "from tools import g\n",
        "g(1)",
        ("inner: x + 1", "x + 2"),
        {"tools": "from inner import f as g\n", "inner": FUNCTION},
    ),
    "try import": (
        "try:\n    from tools import f\nexcept ImportError:\n    f = None\n",
        "f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "try import of what is not there": (
        "try:\n    import not_there as t\nexcept ImportError:\n    import tools as t\n",
        "t.f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "import in a function": (
        "def g():\n    from tools import f\n    return f(1)\n",
        "g()",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "import of a module in a function": (
        "def g():\n    import tools\n    return tools.f(1)\n",
        "g()",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "import in a class": (
        "class A:\n    from tools import f\n",
        "A.f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION},
    ),
    "import under a condition": (
        "if True:\n    from tools import f\nelse:\n    from more import f\n",
        "f(1)",
        ("tools: x + 1", "x + 2"),
        {"tools": FUNCTION, "more": FUNCTION},
    ),
    "module __getattr__": (
        "import tools\n",
        "tools.anything",
        ("tools: n 1", "n 2"),
        {"tools": "def __getattr__(name):\n    return 1\n"},
    ),
    "from import by __getattr__": (
        "from tools import anything\n",
        "anything",
        ("tools: n 1", "n 2"),
        {"tools": "def __getattr__(name):\n    return 1\n"},
    ),
    "circular import": (
        "import tools\nK = 1\n",
        "tools.f()",
        ("K = 1", "K = 2"),
        {"tools": "import page\ndef f():\n    return page.K\n"},
    ),
    "sibling that acts when imported": (
        "import tools\nfrom store import ITEMS\n",
        "ITEMS[0]",
        ("tools: append(1)", "append(2)"),
        {
            "tools": "from store import ITEMS\nITEMS.append(1)\n",
            "store": "ITEMS = []\n",
        },
    ),
    "package": (
        "from helpers.net import f\n",
        "f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION},
    ),
    "package with __init__": (
        "from helpers.net import f\n",
        "f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION, "helpers/__init__": ""},
    ),
    "package's __init__": (
        "from helpers import f\n",
        "f(1)",
        ("helpers/__init__: x + 1", "x + 2"),
        {"helpers/__init__": FUNCTION},
    ),
    "package's re-export": (
        "from helpers import f\n",
        "f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION, "helpers/__init__": "from .net import f\n"},
    ),
    "package's star re-export": (
        "from helpers import f\n",
        "f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION, "helpers/__init__": "from .net import *\n"},
    ),
    "import helpers.net": (
        "import helpers.net\n",
        "helpers.net.f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION},
    ),
    "import helpers.net with __init__": (
        "import helpers.net\n",
        "helpers.net.f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION, "helpers/__init__": "K = 1\n"},
    ),
    "import helpers.net as": (
        "import helpers.net as m\n",
        "m.f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION},
    ),
    "from helpers import net": (
        "from helpers import net\n",
        "net.f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION},
    ),
    "from helpers import net with __init__": (
        "from helpers import net\n",
        "net.f(1)",
        ("helpers/net: x + 1", "x + 2"),
        {"helpers/net": FUNCTION, "helpers/__init__": ""},
    ),
    "relative import": (
        "from helpers.net import f\n",
        "f(1)",
        ("helpers/base: x + 1", "x + 2"),
        {"helpers/net": "from .base import f\n", "helpers/base": FUNCTION},
    ),
    "relative import of a module": (
        "from helpers.net import g\n",
        "g()",
        ("helpers/base: x + 1", "x + 2"),
        {
            "helpers/net": "from . import base\ndef g():\n    return base.f(1)\n",
            "helpers/base": FUNCTION,
        },
    ),
    "relative import of the parent's": (
        "from helpers.deep.net import f\n",
        "f(1)",
        ("helpers/base: x + 1", "x + 2"),
        {"helpers/deep/net": "from ..base import f\n", "helpers/base": FUNCTION},
    ),
    "package's __init__ that acts": (
        "from helpers.net import ITEMS\n",
        "ITEMS[0]",
        ("helpers/__init__: append(1)", "append(2)"),
        {
            "helpers/net": "ITEMS = []\n",
            "helpers/__init__": "from .net import ITEMS\nITEMS.append(1)\n",
        },
    ),
    "package's name before its module's": (
        "from helpers import net\n",
        "net.f(1)",
        ("helpers/__init__: x + 1", "x + 2"),
        {
            "helpers/net": "def f(x):\n    return 0\n",
            "helpers/__init__": "class net:\n    @staticmethod\n    def f(x):\n"
            "        return x + 1\n",
        },
    ),
    "library exchanged": (
        "import math as m\n",
        "str(m.sqrt(4))",
        ("import math", "import cmath"),
    ),
    "name of a library exchanged": (
        "from math import floor as f\n",
        "f(1.5)",
        ("floor", "ceil"),
    ),
    "star import of a library exchanged": (
        "from math import *\n",
        "str(sqrt(4))",
        ("math", "cmath"),
    ),
    "environment": ("import os\n", "os.environ.get('PATH', n)", ("PATH", "HOME")),
    # --- effects that hide
    "effect under another name": (
        "ITEMS = [1]\nOTHER = ITEMS\nOLD = OTHER.append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect under a third name": (
        "ITEMS = [1]\nA = ITEMS\nB = A\nOLD = B.append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect inside a holder": (
        "ITEMS = [1]\nT = {'a': ITEMS}\nOLD = T['a'].append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect on what a holder gives": (
        "T = {'a': [1]}\nA = T['a']\nOLD = A.append(2)\n",
        "T['a'][-1]",
        ("append(2)", "append(3)"),
    ),
    "effect on what a loop gives": (
        "A = [1]\nB = [2]\nfor items in (A, B):\n    OLD = items.append(3)\n",
        "A[-1]",
        ("append(3)", "append(4)"),
    ),
    "effect on what a condition gives": (
        "A = [1]\nB = [2]\nC = A if True else B\nOLD = C.append(3)\n",
        "A[-1]",
        ("append(3)", "append(4)"),
    ),
    "effect on what a call gives": (
        "A = [1]\ndef same(x):\n    return x\nB = same(A)\nOLD = B.append(3)\n",
        "A[-1]",
        ("append(3)", "append(4)"),
    ),
    "effect on an object's part": (
        "class S:\n    def __init__(self, items):\n        self.items = items\n"
        "A = [1]\ns = S(A)\nOLD = s.items.append(3)\n",
        "A[-1]",
        ("append(3)", "append(4)"),
    ),
    "effect in a default": (
        "ITEMS = [1]\ndef f(k=ITEMS.append(2)): ...\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect in a class body": (
        "ITEMS = [1]\nclass C:\n    ITEMS.append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect in a class attribute": (
        "ITEMS = [1]\nclass C:\n    x = ITEMS.append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect in an annotated assignment": (
        "ITEMS = [1]\nX: object = ITEMS.append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect in a comprehension": (
        "ITEMS = [1]\nOLD = [ITEMS.append(i) for i in (2,)]\n",
        "ITEMS[-1]",
        ("(2,)", "(3,)"),
    ),
    "effect in a generator": (
        "ITEMS = [1]\nOLD = list(ITEMS.append(i) for i in (2,))\n",
        "ITEMS[-1]",
        ("(2,)", "(3,)"),
    ),
    "effect in a lambda called at once": (
        "ITEMS = [1]\nOLD = (lambda: ITEMS.append(2))()\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect in a lambda called later": (
        "ITEMS = [1]\nf = lambda: ITEMS.append(2)\nOLD = f()\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect by map": (
        "ITEMS = [1]\nOLD = list(map(ITEMS.append, (2,)))\n",
        "ITEMS[-1]",
        ("(2,)", "(3,)"),
    ),
    "effect by map and lambda": (
        "ITEMS = [1]\nOLD = list(map(lambda x: ITEMS.append(x), (2,)))\n",
        "ITEMS[-1]",
        ("(2,)", "(3,)"),
    ),
    "effect by a key": (
        "ITEMS = [1]\nOLD = sorted((2,), key=lambda x: ITEMS.append(x) or 0)\n",
        "ITEMS[-1]",
        ("(2,)", "(3,)"),
    ),
    "effect by a helper given to map": (
        "ITEMS = [1]\ndef put(x):\n    ITEMS.append(x)\nOLD = list(map(put, (2,)))\n",
        "ITEMS[-1]",
        ("(2,)", "(3,)"),
    ),
    "effect of a method": (
        "ITEMS = [1]\nclass S:\n    def go(self):\n        ITEMS.append(2)\n"
        "OLD = S().go()\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect of a constructor": (
        "ITEMS = [1]\nclass S:\n    def __init__(self, k):\n        ITEMS.append(k)\n"
        "s = S(2)\n",
        "ITEMS[-1]",
        ("S(2)", "S(3)"),
    ),
    "effect of a method of an object": (
        "ITEMS = [1]\nclass S:\n    def go(self, k):\n        ITEMS.append(k)\n"
        "s = S()\nOLD = s.go(2)\n",
        "ITEMS[-1]",
        ("go(2)", "go(3)"),
    ),
    "effect of a decorating class": (
        "REG = []\nclass reg:\n    def __init__(self, f):\n        REG.append(f)\n"
        "@reg\ndef a():\n    return 1\n",
        "REG[0]()",
        ("return 1", "return 2"),
    ),
    "effect of a property": (
        "ITEMS = [1]\nclass S:\n    @property\n    def p(self):\n"
        "        ITEMS.append(2)\nOLD = S().p\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect on a sibling in an assignment": (
        "import tools\nOLD = tools.CONFIG.update(k=1)\n",
        "tools.f(1)",
        ("k=1", "k=2"),
        {"tools": "CONFIG = {'k': 0}\ndef f(x):\n    return x * CONFIG['k']\n"},
    ),
    "effect on what a sibling lends": (
        "from tools import CONFIG, f\nOLD = CONFIG.update(k=1)\n",
        "f(1)",
        ("k=1", "k=2"),
        {"tools": "CONFIG = {'k': 0}\ndef f(x):\n    return x * CONFIG['k']\n"},
    ),
    "sibling's setup in an assignment": (
        "from tools import f, setup\nOLD = setup(2)\n",
        "f(1)",
        ("setup(2)", "setup(3)"),
        {
            "tools": "K = 1\ndef setup(k):\n    global K\n    K = k\n"
            "def f(x):\n    return x * K\n"
        },
    ),
    "sibling's setup by its module": (
        "import tools\nOLD = tools.setup(2)\n",
        "tools.f(1)",
        ("setup(2)", "setup(3)"),
        {
            "tools": "K = 1\ndef setup(k):\n    global K\n    K = k\n"
            "def f(x):\n    return x * K\n"
        },
    ),
    "package's setup by its module": (
        "import helpers.tools\nOLD = helpers.tools.setup(2)\n",
        "helpers.tools.f(1)",
        ("setup(2)", "setup(3)"),
        {
            "helpers/tools": "K = 1\ndef setup(k):\n    global K\n    K = k\n"
            "def f(x):\n    return x * K\n"
        },
    ),
    "sibling's table filled by its method": (
        "import tools\ndef a(x):\n    return x\nOLD = tools.TABLE.setdefault('a', a)\n",
        "tools.call(1)",
        ("return x", "return x + 4"),
        {"tools": "TABLE = {}\ndef call(x):\n    return TABLE['a'](x)\n"},
    ),
    "count of instances": (
        "class A:\n    count = 0\n    def __init__(self):\n        A.count += 1\n"
        "a = A()\nb = A()\n",
        "A.count",
        ("b = A()\n", ""),
    ),
    "next of a counter": (
        "from itertools import count\nids = count()\na = next(ids)\nb = next(ids)\n",
        "b",
        ("a = next(ids)\n", ""),
    ),
    "draws one after another": (
        "import random\nrng = random.Random(1)\na = rng.random()\nb = rng.random()\n",
        "b",
        ("a = rng.random()\n", ""),
    ),
    "draws in a helper": (
        "import random\nrng = random.Random(1)\ndef draw():\n    return rng.random()\n"
        "a = draw()\nb = draw()\n",
        "b",
        ("a = draw()\n", ""),
    ),
    "draws of the global generator": (
        "import random\nrandom.seed(1)\na = random.random()\nb = random.random()\n",
        "b",
        ("a = random.random()\n", ""),
    ),
    "draws of NumPy's global generator": (
        "import numpy as np\nnp.random.seed(1)\na = np.random.rand()\n"
        "b = float(np.random.rand())\n",
        "b",
        ("a = np.random.rand()\n", ""),
    ),
    "draws by a name that was imported": (
        "from random import random, seed\nseed(1)\na = random()\nb = random()\n",
        "b",
        ("a = random()\n", ""),
    ),
    "global name put by a text": (
        "globals()['K'] = 1\n",
        "K",
        ("= 1", "= 2"),
    ),
    "global names put from a table": (
        "T = {'K': 1}\nglobals().update(T)\n",
        "K",
        ("'K': 1", "'K': 2"),
    ),
    "global name put by setattr": (
        "import sys\nsetattr(sys.modules[__name__], 'K', 1)\n",
        "K",
        ("'K', 1", "'K', 2"),
    ),
    "class registered by its sibling's base": (
        "import tools\nclass A(tools.Base):\n    n = 1\n",
        "tools.REG[0].n",
        ("n = 1", "n = 2"),
        {
            "tools": "REG = []\nclass Base:\n    def __init_subclass__(cls):\n"
            "        REG.append(cls)\n"
        },
    ),
    "class registered by a decorator": (
        "REG = []\ndef reg(c):\n    REG.append(c)\n    return c\n"
        "@reg\nclass A:\n    n = 1\n",
        "REG[0].n",
        ("n = 1", "n = 2"),
    ),
    "function registered by a sibling's decorator": (
        "import tools\n@tools.reg\ndef a():\n    return 1\n",
        "tools.REG[0]()",
        ("return 1", "return 2"),
        {"tools": "REG = []\ndef reg(c):\n    REG.append(c)\n    return c\n"},
    ),
    "sibling's class changed": (
        "from tools import A, f\nA.k = 1\n",
        "f()",
        ("k = 1", "k = 2"),
        {"tools": "class A:\n    k = 0\ndef f():\n    return A().k\n"},
    ),
    "effect on what a function lends": (
        "ITEMS = [1]\ndef table():\n    return ITEMS\nOLD = table().append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect on what a function lent": (
        "ITEMS = [1]\ndef table():\n    return ITEMS\nT = table()\nOLD = T.append(2)\n",
        "ITEMS[-1]",
        ("append(2)", "append(3)"),
    ),
    "effect on a part of what a method gives": (
        "T = {'a': [1]}\nOLD = T.get('a').append(2)\n",
        "T['a'][-1]",
        ("append(2)", "append(3)"),
    ),
    "effect on a library among targets": (
        "import decimal\nX, decimal.getcontext().prec = 1, 5\n",
        "str(decimal.Decimal(1) / 3)",
        ("1, 5", "1, 6"),
    ),
    "effect on a library in an assignment": (
        "import numpy as np\nOLD = np.seterr(divide='ignore')\n",
        "np.geterr()['divide']",
        ("ignore", "warn"),
    ),
    "settings of a sibling's object": (
        "from tools import settings\nsettings.rate = 1\nfrom tools import f\n",
        "f()",
        ("rate = 1", "rate = 2"),
        {
            "tools": "class S:\n    rate = 0\nsettings = S()\n"
            "def f():\n    return settings.rate\n"
        },
    ),
    "method of a sibling's object": (
        "from tools import settings, f\nOLD = settings.put(1)\n",
        "f()",
        ("put(1)", "put(2)"),
        {
            "tools": "class S:\n    def put(self, k):\n        self.rate = k\n"
            "settings = S()\ndef f():\n    return settings.rate\n"
        },
    ),
    "object made by a sibling that counts": (
        "from tools import A\na = A()\nb = A()\n",
        "A.count",
        ("b = A()\n", ""),
        {
            "tools": "class A:\n    count = 0\n    def __init__(self):\n"
            "        A.count += 1\n"
        },
    ),
    "object made by its module that counts": (
        "import tools\na = tools.A()\nb = tools.A()\n",
        "tools.A.count",
        ("b = tools.A()\n", ""),
        {
            "tools": "class A:\n    count = 0\n    def __init__(self):\n"
            "        A.count += 1\n"
        },
    ),
    "default that remembers": (
        "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)\nA = f(1)\n",
        "f(2)",
        ("A = f(1)\n", ""),
    ),
    "cache that remembers": (
        "CACHE = {}\ndef f(x):\n    return CACHE.setdefault('k', x)\nA = f(1)\n",
        "f(2)",
        ("A = f(1)\n", ""),
    ),
    "closure that remembers": (
        "def make():\n    n = 0\n    def f():\n        nonlocal n\n        n += 1\n"
        "        return n\n    return f\nf = make()\nA = f()\n",
        "f()",
        ("A = f()\n", ""),
    ),
    "function that remembers": (
        "def f():\n    f.n += 1\n    return f.n\nf.n = 0\nA = f()\n",
        "f()",
        ("A = f()\n", ""),
    ),
    "generator that goes on": (
        "def g():\n    yield from (1, 2, 3)\nit = g()\nA, *B = [next(it)]\n",
        "next(it)",
        ("A, *B = [next(it)]\n", ""),
    ),
    # --- the experiment itself
    "decorated experiment": (
        "def twice(f):\n    return lambda n=1: {'value': 2 * f(n)['value']}\n@twice",
        "n",
        ("2 * f", "3 * f"),
    ),
    "default of the experiment": ("", "n", ("n=1", "n=2")),
    "list of cases as data": (
        "cases_x = [dict(n=1), dict(n=2)]\n",
        "len(cases_x)",
        (", dict(n=2)", ""),
    ),
    "local name instead of a global one": (
        "K = 1\ndef f():\n    return K\n",
        "f()",
        ("    return K", "    K = 2\n    return K"),
    ),
    "name of Python's hidden": (
        "def f(x):\n    return sum(x)\n",
        "f([1, 2])",
        ("def f", "def sum(x):\n    return 0\ndef f"),
    ),
    "name hidden by a star import": (
        "from tools import *\n",
        "abs(-1)",
        ("tools: K = 1", "def abs(x):\n    return 5"),
        {"tools": "K = 1\n"},
    ),
    "name in an except clause": (
        "class E(Exception): ...\nclass F(E): ...\n"
        "def f():\n    try:\n        raise F\n"
        "    except E:\n        return 1\n    except Exception:\n        return 2\n",
        "f()",
        ("class F(E)", "class F(Exception)"),
    ),
    "value in a pattern": (
        "class C:\n    K = 1\ndef f(x):\n    match x:\n        case C.K:\n"
        "            return 'one'\n    return 'other'\n",
        "f(1)",
        ("K = 1", "K = 2"),
    ),
    "class in a pattern": (
        "class P:\n    __match_args__ = ('a', 'b')\n    a, b = 1, 2\n"
        "def f(x):\n    match x:\n        case P(k):\n            return k\n",
        "f(P())",
        ("('a', 'b')", "('b', 'a')"),
    ),
    "slots of a format": (
        "W = 5\ndef f(x):\n    return f'{x:>{W}}'\n",
        "f(1)",
        ("W = 5", "W = 6"),
    ),
    "sentence in a template": ("T = 'a{}'\n", "T.format(1)", ("a{}", "b{}")),
    "whole number or not": ("K = 3\n", "repr(K)", ("K = 3", "K = 3.0")),
    "truth or one": ("K = True\n", "repr(K)", ("True", "1")),
    "zero and minus zero": ("K = 0.0\n", "repr(K)", ("0.0", "-0.0")),
    "bytes or text": ("K = 'a'\n", "repr(K)", ("'a'", "b'a'")),
    "tuple or list": ("K = (1,)\n", "repr(K)", ("(1,)", "[1]")),
    "names swapped": (
        "from tools import f, g\n",
        "f()",
        ("f, g", "g as f, f as g"),
        {"tools": "def f():\n    return 1\ndef g():\n    return 2\n"},
    ),
    "numbers of two helpers swapped": (
        "def f():\n    return 1\ndef g():\n    return 2\n",
        "f() - g()",
        ("return 1\ndef g():\n    return 2", "return 2\ndef g():\n    return 1"),
    ),
    "names of two helpers swapped": (
        "def f():\n    return 1\ndef g():\n    return 2\n",
        "f() - g()",
        ("def f():\n    return 1\ndef g", "def g():\n    return 1\ndef f"),
    ),
    "constants of two modules swapped": (
        "import one, two\n",
        "one.K - two.K",
        ("import one, two", "import two as one, one as two"),
        {"one": "K = 1\n", "two": "K = 2\n"},
    ),
    "modules of two names swapped": (
        "import one, two\n",
        "one.f() - two.f()",
        ("one: import first", "import second"),
        {
            "one": "import first as m\ndef f():\n    return m.K\n",
            "two": "import second as m\ndef f():\n    return m.K\n",
            "first": "K = 1\n",
            "second": "K = 2\n",
        },
    ),
}


HARMLESS: dict[str, tuple[Any, ...]] = {
    "comment": (FUNCTION, "f(1)", ("x + 1", "x + 1  # 하나 더")),
    "comment above": (FUNCTION, "f(1)", ("def f", "# 돕는 함수\ndef f")),
    "docstring": ('def f():\n    """하나"""\n    return 1\n', "f()", ("하나", "둘")),
    "docstring of a module": ('"""하나"""\nK = 1\n', "K", ("하나", "둘")),
    "docstring added": (FUNCTION, "f(1)", ("x):\n", 'x):\n    """더합니다."""\n')),
    "docstring of the experiment": (
        FUNCTION,
        "f(1)",
        ("(n=1):\n", '(n=1):\n    """잽니다."""\n'),
    ),
    "formatting": (
        FUNCTION,
        "f(1)",
        ("return x + 1", "return (\n        x\n        + 1\n    )"),
    ),
    "quotes": ("K = 'a'\n", "K", ("'a'", '"a"')),
    "joined text": ("K = 'ab'\n", "K", ("'ab'", "'a' 'b'")),
    "number spelt otherwise": ("K = 1000.0\n", "K", ("1000.0", "1_000.00")),
    "blank lines": (FUNCTION, "f(1)", ("def f", "\n\n\ndef f")),
    "semicolon": ("A = 1\nB = 2\n", "A + B", ("A = 1\nB = 2", "A = 1; B = 2")),
    "unused helper": (FUNCTION + "def g():\n    return 1\n", "f(1)", ("n 1", "n 2")),
    "unused helper added": (FUNCTION, "f(1)", ("def f", "def g(): ...\ndef f")),
    "unused constant": ("K = 1\nOTHER = 2\n", "K", ("OTHER = 2", "OTHER = 3")),
    "unused import": (FUNCTION, "f(1)", ("def f", "import json\ndef f")),
    "unused import of a sibling": (
        FUNCTION,
        "f(1)",
        ("def f", "import tools\ndef f"),
        {"tools": "K = 1\n"},
    ),
    "neighbour's figure": (
        FUNCTION + 'def figure_y():\n    """그림"""\n    return 1\n',
        "f(1)",
        ("return 1", "return 2"),
    ),
    "neighbour's caption": (
        FUNCTION + 'def figure_y():\n    """그림"""\n',
        "f(1)",
        ("그림", "곡선"),
    ),
    "neighbour's experiment": (
        FUNCTION + "def experiment_y():\n    return {'a': 1}\n",
        "f(1)",
        ("'a': 1", "'a': 2"),
    ),
    "order of definitions": (
        "A = 1\ndef f():\n    return A\n",
        "f()",
        ("A = 1\ndef f():\n    return A\n", "def f():\n    return A\nA = 1\n"),
    ),
    "order of imports": (
        "import json\nimport math\n",
        "math.floor(1.5)",
        ("import json\nimport math", "import math\nimport json"),
    ),
    "helper moved to a sibling": (
        FUNCTION,
        "f(1)",
        (FUNCTION, "from tools import f\n"),
        {"tools": FUNCTION},
    ),
    "sibling's other function": (
        "from tools import f\n",
        "f(1)",
        ("tools: n 5", "n 6"),
        {"tools": FUNCTION + "def g():\n    return 5\n"},
    ),
    "sibling's other function, by attribute": (
        "import tools\n",
        "tools.f(1)",
        ("tools: n 5", "n 6"),
        {"tools": FUNCTION + "def g():\n    return 5\n"},
    ),
    "module nobody imports": (
        FUNCTION,
        "f(1)",
        ("tools: n 5", "n 6"),
        {"tools": "def g():\n    return 5\n"},
    ),
    "main block": (
        FUNCTION + "if __name__ == '__main__':\n    print(1)\n",
        "f(1)",
        ("print(1)", "print(2)"),
    ),
    "global of the same name as a local": (
        "K = 1\ndef f():\n    K = 2\n    return K\n",
        "f()",
        ("K = 1", "K = 3"),
    ),
    "limits": ("time_limit = 60\nK = 1\n", "K", ("60", "90")),
    "type checking alone": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import json\nK = 1\n",
        "K",
        ("import json", "import math"),
    ),
    "style of another figure": (
        "import matplotlib\nK = 1\n",
        "K",
        ("import matplotlib\n", "import matplotlib.pyplot as plt\n"),
    ),
}


@contextmanager
def imported(project: Project) -> Iterator[Any]:
    """Import the page as a student's Python would, and forget it again."""
    before, writes = set(sys.modules), sys.dont_write_bytecode
    sys.path.insert(0, str(project.snippets))
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        yield importlib.import_module("page")
    finally:
        sys.path.remove(str(project.snippets))
        sys.dont_write_bytecode = writes
        own = [name for name in set(sys.modules) - before if _lies_in(name, project)]
        for name in own:
            del sys.modules[name]


def _lies_in(name: str, project: Project) -> bool:
    said = vars(sys.modules[name])
    places = (said.get("__file__") or "", *said.get("__path__", ()))
    return any(str(project.root) in str(place) for place in places)


def value_of(project: Project) -> object:
    """Import and run in a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_value_of, project).result()


def _value_of(project: Project) -> object:
    with imported(project) as module:
        return module.experiment_x()["value"]


def is_stale(project: Project) -> bool:
    """Tell whether the experiment would be run again, or is refused with a remedy."""
    book = read_book(project)
    (artefact,) = (a for a in book.runs.values() if a.place == Place("page", "x"))
    error = book.status(artefact).error
    assert not error or (error.line and error.hint)
    return bool(error or book.status(artefact).stale)


def is_refused(project: Project) -> bool:
    book = read_book(project)
    return bool(book.status(book.runs[Place("page", "x")]).error)


def files(example: tuple[Any, ...]) -> dict[str, str]:
    head, value, _, *more = example
    others = more[0] if more else {}
    named = {"page": page(head, value), **others}
    return {f"snippets/{name}.py": text for name, text in named.items()}


def edited(example: tuple[Any, ...]) -> dict[str, str]:
    before, (old, new) = files(example), example[2]
    name, colon, found = old.partition(": ")
    if not colon or f"snippets/{name}.py" not in before:
        name, found = "page", old
    text = before[f"snippets/{name}.py"]
    assert found in text, "the edit changes nothing"
    return {**before, f"snippets/{name}.py": text.replace(found, new)}


@pytest.fixture(autouse=True)
def untouched_libraries() -> Iterator[None]:
    """Give back to libraries what the examples take from them."""
    import builtins
    import math

    tau = math.tau
    yield
    math.tau = tau  # type: ignore[misc]
    builtins.__dict__.pop("answer", None)


@pytest.mark.parametrize("example", CHANGES.values(), ids=CHANGES)
def test_edit_that_changes_a_result_is_never_missed(project, example):
    notes = project(files(example))
    if is_refused(notes):
        return
    before = value_of(notes)
    freeze_everything(notes)
    assert not is_stale(notes)

    project(edited(example))
    assert value_of(notes) != before
    assert is_stale(notes)


@pytest.mark.parametrize("example", HARMLESS.values(), ids=HARMLESS)
def test_edit_that_changes_no_result_runs_nothing(project, example):
    notes = project(files(example))
    before = value_of(notes)
    freeze_everything(notes)

    project(edited(example))
    assert value_of(notes) == before
    assert not is_stale(notes)
