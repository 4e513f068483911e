// The address of the pages, in a real browser: over the server's own TLS, behind a proxy that ends it, and a copy of them elsewhere.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { certify } from '../../factors/test/attestation-certificates.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { visitor } from './browser.ts'
import { enrolKeyOfRoot } from './enrolment-page.ts'
import type { Certificate } from './proxy.ts'
import { startProxy } from './proxy.ts'
import { rootPassword } from './root-password.ts'
import { consoleOpens, submitRoot, useKey } from './sign-in-page.ts'
import { fileWith } from './temporary-file.ts'
import { plugIn } from './virtual-authenticator.ts'

function newCertificate(commonName: string): Certificate {
  const { certificate, privateKey } = certify({ commonName, ca: true })
  return {
    cert: new X509Certificate(certificate).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** Root enrols a security key, signs in with it, and holds cookies that go to this host over TLS alone. */
async function signInOverTls(endpoint: string): Promise<void> {
  await using root = await visitor({ endpoint }, { ignoreHTTPSErrors: true })
  const { page, context, origin } = root
  assert.match(origin, /^https:/)
  await plugIn(page, 'CTAP2 key')
  await enrolKeyOfRoot(root)
  await page.goto('/signin')
  await submitRoot(page)
  await useKey(page)
  await consoleOpens(page)
  const cookies = await context.cookies()
  assert.deepEqual(cookies.map(({ name }) => name).toSorted(), [
    '__Host-twinlock-browser',
    '__Host-twinlock-session',
  ])
  for (const { secure, httpOnly, path, domain } of cookies) {
    assert.deepEqual([secure, httpOnly, path], [true, true, '/'])
    // With a dot before it, other hosts below would get it.
    assert.equal(domain, new URL(origin).hostname)
  }
}

test('a server with a certificate of its own signs in over TLS', async () => {
  const { cert, key } = newCertificate('localhost')
  const files = [
    '--tls-cert',
    await fileWith('cert.pem', cert),
    '--tls-key',
    await fileWith('key.pem', key),
  ]
  await using twinlock = await startTwinlock({ argv: [...(await rootPassword()), ...files] })
  await signInOverTls(twinlock.endpoint)
})

test('a server behind a proxy that ends TLS signs in at its public address', async () => {
  await using proxy = await startProxy(newCertificate('id.localhost'))
  const publicUrl = `https://id.localhost:${proxy.port}`
  await using twinlock = await startTwinlock({
    argv: [...(await rootPassword()), '--public-url', publicUrl, '--trusted-proxies', '127.0.0.1'],
  })
  proxy.lead(twinlock.endpoint, headers => ({
    ...headers,
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-proto': 'https',
  }))
  await signInOverTls(publicUrl)
})

for (const { elsewhere, words, why, answers } of [
  {
    elsewhere: 'localhost',
    words: 'Your authentication information is incorrect. Please try again.',
    why: 'the key answers, and the server sees for which origin',
    answers: 1,
  },
  {
    elsewhere: 'twinlock.localhost',
    words: 'Passkeys and security keys work at the address that this site was set up with',
    why: 'the browser asks no key',
    answers: 0,
  },
] as const) {
  test(`a copy of the pages at ${elsewhere} and another port gets no sign-in out of a key: ${why}`, async () => {
    await using twinlock = await startTwinlock({ argv: await rootPassword() })
    await using copy = await startProxy()
    await using root = await visitor(twinlock)
    const { page, origin } = root
    await plugIn(page, 'CTAP2 key')
    await enrolKeyOfRoot(root)
    // It passes on what is typed there as if that had been typed here.
    const { host } = new URL(origin)
    copy.lead(twinlock.endpoint, headers => ({ ...headers, host, origin }))
    let given = 0
    page.on('request', request => {
      if (request.url().endsWith('/mfa/security-key')) given++
    })
    await page.goto(`http://${elsewhere}:${copy.port}/signin`)
    await submitRoot(page)
    await useKey(page)
    await page.getByRole('alert').getByText(words).waitFor()
    assert.equal(given, answers)
    await page.goto(`http://${elsewhere}:${copy.port}/console/`)
    await page.getByText('Use your passkey or security key.').waitFor()
  })
}
