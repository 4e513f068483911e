// What Twinlock's requests per second are measured against: a bare node:http server that reads the same body and answers as
// many bytes. `node bare-server.ts BYTES` prints its port.
const { createServer } = process.getBuiltinModule('node:http')

const body = 'x'.repeat(Number(process.argv[2]))
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    Buffer.concat(chunks)
    response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': body.length }).end(body)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : address)
})
