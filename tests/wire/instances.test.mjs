// The instances of a module: the instance of a call, and its state for the next one.

import assert from "node:assert/strict";
import { test } from "node:test";
import binaryen from "binaryen";

// A module that reserves memory when a call begins and releases it on return, like compiled code with its stack
// pointer. `write` stores a number in the memory and calls the user; `read` reads it again.
const source = binaryen.parseText(`(module
  (import "a" "user" (func $user))
  (global $taken (mut i32) (i32.const 0))
  (memory (export "memory") 1)
  (func (export "write_number") (param $number i32) (result i32)
    (global.set $taken (i32.add (global.get $taken) (i32.const 1)))
    (i32.store (i32.const 16) (local.get $number))
    (call $user)
    (global.set $taken (i32.sub (global.get $taken) (i32.const 1)))
    (i32.load (i32.const 16)))
  (func (export "grow_memory") (drop (memory.grow (i32.const 1))))
  (func (export "take_count") (result i32) (global.get $taken)))`);
const module = new WebAssembly.Module(source.emitBinary());

/** The instances of that module, with glue that keeps a view of the memory, like wasm-bindgen's. */
async function load() {
  const instances = await import(`../../src/js/instances.js?${Math.random()}`);
  const glue = { user() {}, begun: 0 };
  let wasm;
  let view = new Uint8Array();
  const memory = () => {
    if (view.byteLength === 0) view = new Uint8Array(wasm.memory.buffer);
    return view;
  };
  const bindings = {
    core: {
      write_number: (number) => wasm.write_number(number),
      grow_memory: () => wasm.grow_memory(),
      take_count: () => wasm.take_count(),
      seen: () => memory()[16],
    },
    imports: { a: { user: () => glue.user() } },
    use: (exports) => {
      wasm = exports;
    },
    memoryOf: (exports) => exports.memory,
    begin: () => {
      glue.begun++;
    },
  };
  return { ...instances, instances, glue, bindings, seen: bindings.core.seen };
}

const fail = () => {
  throw new Error("the user's");
};

test("calls that return share an instance", async () => {
  const { start, call, glue, bindings } = await load();
  start(module, bindings);
  assert.equal(
    call((core) => core.write_number(5)),
    5,
  );
  assert.equal(
    call((core) => core.take_count()),
    0,
  );
  assert.equal(glue.begun, 1);
});

test("after an exception the next call has a new one, and reads its memory", async () => {
  const { start, call, glue, bindings, seen } = await load();
  start(module, bindings);
  call((core) => core.write_number(5));
  assert.equal(call(seen), 5);
  glue.user = fail;
  assert.throws(() => call((core) => core.write_number(6)), /the user's/);
  glue.user = () => {};
  assert.equal(
    call((core) => core.take_count()),
    0,
  );
  assert.equal(call(seen), 0);
  assert.equal(glue.begun, 2);
});

test("a call inside a call has its own instance, and may fail alone", async () => {
  const { start, call, outside, glue, bindings, seen } = await load();
  start(module, bindings);
  for (const end of [() => {}, fail]) {
    let inner;
    glue.user = () =>
      outside(() => {
        glue.user = end;
        assert.equal(call(seen), 0, "nothing of the outer one's");
        try {
          inner = call((core) => core.write_number(7));
        } catch {
          inner = "failed";
        }
      });
    const result = call((core) => [core.write_number(6), core.seen(), core.take_count()]);
    assert.deepEqual(result, [6, 6, 0]);
    assert.equal(inner, end === fail ? "failed" : 7);
  }
});

test("calls inside calls may fail at every depth", async () => {
  const { start, call, outside, glue, bindings } = await load();
  start(module, bindings);
  const depth = 6;
  for (let failing = 0; failing < depth; failing++) {
    const at = (level) => {
      glue.user = () =>
        outside(() => {
          if (level < depth) {
            try {
              at(level + 1);
            } catch {}
          }
          if (level === failing) fail();
        });
      const result = call((core) => [core.write_number(100 + level), core.seen()]);
      assert.deepEqual(result, [100 + level, 100 + level]);
    };
    if (failing === 0) assert.throws(() => at(0), /the user's/);
    else at(0);
    glue.user = () => {};
    assert.equal(
      call((core) => core.take_count()),
      0,
    );
  }
});

test("an instance of one's own keeps what it holds between calls of others", async () => {
  const { start, call, open, glue, bindings, seen } = await load();
  start(module, bindings);
  const [one, two] = [open(), open()];
  one((core) => core.write_number(1));
  two((core) => core.write_number(2));
  call((core) => core.write_number(3));
  one((core) => core.grow_memory());
  assert.deepEqual([one(seen), two(seen), call(seen)], [1, 2, 3]);
  glue.user = fail;
  assert.throws(() => one((core) => core.write_number(1)), /the user's/);
  glue.user = () => {};
  assert.throws(() => one(seen), /An earlier call of this instance ended with an exception/);
  assert.deepEqual([two(seen), call(seen)], [2, 3]);
});

test("a call gets the memory of its instance", async () => {
  const { start, call, open, bindings } = await load();
  start(module, bindings);
  const one = open();
  const read = (_, memory) => new Uint8Array(memory.buffer)[16];
  one((core) => core.write_number(9));
  assert.deepEqual([one(read), call(read)], [9, 0]);
});

test("the reason of a failed compilation is kept until another one succeeds", async () => {
  const { startLater, instances, call, bindings } = await load();
  const cause = new Error("forbidden");
  assert.equal(instances.isStarted(), false);
  await assert.rejects(
    startLater(() => {
      throw cause;
    }),
    cause,
  );
  assert.equal(instances.failure, cause);
  await startLater(async () => [module, bindings]);
  assert.equal(instances.failure, undefined);
  assert.equal(instances.isStarted(), true);
  assert.equal(
    call((core) => core.write_number(5)),
    5,
  );
});
