"""Stands in for the package wasmtime where that cannot be had: the few calls that the example makes, run by Node."""

import base64
import json
import subprocess

DRIVER = """
import { createInterface } from "node:readline";
let exports;
const acts = {
  load: (module) => {
    exports = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(module, "base64"))).exports;
    return Object.keys(exports);
  },
  read: (start, stop) => Buffer.from(exports.memory.buffer.slice(start, stop)).toString("base64"),
  write: (data, start) => new Uint8Array(exports.memory.buffer).set(Buffer.from(data, "base64"), start),
  value: (name) => exports[name].value,
  call: (name, ...given) => exports[name](...given),
};
for await (const line of createInterface({ input: process.stdin })) {
  const [act, ...given] = JSON.parse(line);
  console.log(JSON.stringify(acts[act](...given) ?? null));
}
"""


class Engine:
    pass


class Store:
    def __init__(self, engine):
        assert isinstance(engine, Engine)
        self.node = subprocess.Popen(["node", "--input-type=module", "-e", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __del__(self):
        self.node.stdin.close()
        self.node.wait()
        self.node.stdout.close()

    def act(self, *what):
        self.node.stdin.write(json.dumps(what) + "\n")
        self.node.stdin.flush()
        return json.loads(self.node.stdout.readline())


class Module:
    def __init__(self, engine, data):
        assert isinstance(engine, Engine) and isinstance(data, bytes)
        self.data = data


class Instance:
    def __init__(self, store, module, imports):
        assert imports == []
        self.names = store.act("load", base64.b64encode(module.data).decode())

    def exports(self, store):
        return {name: {"memory": Memory, "answer": Func}.get(name, Global)(name) for name in self.names}


class Memory:
    def __init__(self, name):
        pass

    def read(self, store, start=0, stop=None):
        return bytearray(base64.b64decode(store.act("read", start, stop)))

    def write(self, store, value, start=0):
        store.act("write", base64.b64encode(value).decode(), start)


class Global:
    def __init__(self, name):
        self.name = name

    def value(self, store):
        return store.act("value", self.name)


class Func:
    def __init__(self, name):
        self.name = name

    def __call__(self, store, *given):
        return store.act("call", self.name, *given)
