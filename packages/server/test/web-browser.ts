// A browser as the server sees one: it keeps cookies, says which origin its page has, and follows nothing by itself.
import assert from 'node:assert/strict'

export type WebBrowser = {
  /** `http://localhost:6238` */
  readonly origin: string
  readonly cookies: Map<string, string>
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>
  readonly post: (
    path: string,
    input?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>
  /** An operation of the console's, that must succeed. */
  readonly call: <Output = Readonly<Record<string, never>>>(
    operation: string,
    input?: object,
  ) => Promise<Output>
  /** The same browser a moment ago: its cookies are a copy. */
  readonly copy: () => WebBrowser
}

type Headed = Readonly<Record<string, string>>

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects
  readonly body: any
}

export function webBrowser(
  twinlock: { readonly endpoint: string },
  cookies: Map<string, string> = new Map(),
): WebBrowser {
  const origin = twinlock.endpoint.replace('127.0.0.1', 'localhost')

  async function ask(
    path: string,
    request: { readonly method?: string; readonly body?: string; readonly headers: Headed },
  ): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { 'user-agent': 'test', ...request.headers, ...(cookie && { cookie }) }
    const response = await fetch(new URL(path, origin), { ...request, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    const body: unknown = isJson ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, body }
  }

  const post: WebBrowser['post'] = (path, input = {}, headers = {}) =>
    ask(path, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(input),
    })

  return {
    origin,
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    post,
    async call(operation, input) {
      const answer = await post(`/console/api/${operation.replace(':', '/')}`, input)
      assert.equal(answer.status, 200, answer.text)
      return answer.body
    },
    copy: () => webBrowser(twinlock, new Map(cookies)),
  }
}
