import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError } from '@twinlock/server'
import { readDemoConfig } from './options.ts'

for (const address of ['127.0.0.1:6238', '127.0.0.1:0', '[::1]:6238']) {
  test(`the demo may listen on ${address}`, () => {
    const { host, port } = readDemoConfig(['--listen', address])
    assert.equal(host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`, address)
  })
}

for (const address of ['0.0.0.0:6238', '[::]:6238', '192.0.2.1:6238', 'localhost:6238', '6238']) {
  test(`the demo does not listen on ${address}`, () => {
    assert.throws(() => readDemoConfig(['--listen', address]), ConfigError)
  })
}

for (const option of ['--public-url', '--trusted-proxies', '--database', '--tls-cert']) {
  test(`the demo takes no ${option}`, () => {
    assert.throws(() => readDemoConfig([option, 'x']), ConfigError)
  })
}
