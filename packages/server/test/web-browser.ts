// A browser as the server sees one: it keeps cookies, says which origin its page has and for which session that was loaded, and follows
// nothing by itself.
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
  /** Under what name a page asks that is loaded now; empty where nobody is signed in. */
  readonly sessionName: () => Promise<string>
  /** An operation of the console's, that must succeed. */
  readonly call: <Output = Readonly<Record<string, never>>>(
    operation: string,
    input?: object,
  ) => Promise<Output>
  /** The same browser a moment ago: its cookies are a copy. */
  readonly copy: () => WebBrowser
}

const SESSION = 'x-twinlock-session'
const WHO_IS_SIGNED_IN = '/console/api/signin/GetSession'
const MAY_BE_UNNAMED = new Set([WHO_IS_SIGNED_IN, '/console/api/sign-out'])

const sessionCookie = (cookies: ReadonlyMap<string, string>) =>
  cookies.get('twinlock-session') ?? cookies.get('__Host-twinlock-session')

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

  const send = (path: string, input: object, headers: Headed) =>
    ask(path, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(input),
    })

  let learnt: { readonly cookie: string; readonly name: string } | undefined

  /** As of a page that is loaded anew whenever the cookie is another one. */
  async function sessionName(headers: Headed = {}): Promise<string> {
    const cookie = sessionCookie(cookies)
    if (cookie === undefined) return ''
    if (learnt?.cookie === cookie) return learnt.name
    const { body } = await send(WHO_IS_SIGNED_IN, {}, headers)
    const name = body?.SessionName
    if (name === undefined) return ''
    learnt = { cookie, name }
    return name
  }

  const post: WebBrowser['post'] = async (path, input = {}, headers = {}) => {
    const isNamed = path.startsWith('/console/api/') && !MAY_BE_UNNAMED.has(path)
    const name = isNamed && !(SESSION in headers) ? await sessionName(headers) : ''
    return send(path, input, { ...(name !== '' && { [SESSION]: name }), ...headers })
  }

  return {
    origin,
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    post,
    sessionName: () => sessionName(),
    async call(operation, input) {
      const answer = await post(`/console/api/${operation.replace(':', '/')}`, input)
      assert.equal(answer.status, 200, answer.text)
      return answer.body
    },
    copy: () => webBrowser(twinlock, new Map(cookies)),
  }
}
