import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keep, membersOf, readKept } from './kept.ts'

function withStorage(storage: Partial<Storage>, act: () => void) {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage')
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: storage })
  try {
    act()
  } finally {
    if (before) Object.defineProperty(globalThis, 'localStorage', before)
  }
}

const refusal = () => {
  throw new DOMException('refused', 'SecurityError')
}

test('where storage is refused, nothing is kept and nothing fails', () => {
  withStorage({ getItem: refusal, setItem: refusal, removeItem: refusal }, () => {
    keep('key', 'text')
    keep('key', undefined)
    assert.equal(
      readKept('key', text => text),
      undefined,
    )
  })
})

test('what is not understood counts as not kept', () => {
  withStorage({ getItem: () => '{"broken' }, () => {
    assert.equal(readKept('key', membersOf), undefined)
  })
})

test('what was kept as something else than an object has no members', () => {
  for (const text of ['null', '7', '"text"']) assert.deepEqual(membersOf(text), {})
})
