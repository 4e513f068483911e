// How an endpoint is reached: the proxy on the way and the certificates that vouch for it, told by what the AWS CLI is told by.
// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html
import { Refusal } from '../../command-errors.ts'
import { readText } from '../../read-text.ts'
import { findSetting } from './aws-configuration.ts'

/**
 * The options of the SDK's request handler: HTTPS_PROXY, HTTP_PROXY and NO_PROXY are Node's to follow; AWS_CA_BUNDLE, or ca_bundle of
 * the profile, takes the place of the certificates that Node trusts.
 */
export async function connectionOf(profile: string) {
  const ca = await certificates(profile)
  const agent = { keepAlive: true, proxyEnv: proxies() }
  return { httpAgent: agent, httpsAgent: { ...agent, ...(ca !== undefined && { ca }) } }
}

/** Node would pass by a proxy whose URL it can't read, and that may be the only way that is allowed. */
function proxies(): NodeJS.ProcessEnv {
  const named = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const
  const urls = named.flatMap(name => {
    const value = process.env[name]
    return value === undefined || value === '' ? [] : [[name, proxyUrl(name, value)] as const]
  })
  return { ...process.env, ...Object.fromEntries(urls) }
}

function proxyUrl(name: string, value: string): string {
  const text = value.includes('://') ? value : `http://${value}`
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  // A proxy's URL may have a password in it.
  throw new Refusal(`${name} is not the URL of a proxy: it begins with http:// or https://.`)
}

async function certificates(profile: string): Promise<string | undefined> {
  const path = process.env['AWS_CA_BUNDLE'] || (await findSetting('ca_bundle', profile))
  if (path === undefined) return undefined
  const bundle = await readText(path)
  if (bundle.includes('-----BEGIN CERTIFICATE-----')) return bundle
  throw new Refusal(`${path} holds no certificate: a bundle of CAs is PEM.`)
}
