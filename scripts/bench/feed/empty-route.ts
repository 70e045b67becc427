/** What a feed's rate is compared with, a process of its own: `node empty-route.js port` answers every GET of / with next to nothing. */
import Fastify from 'fastify'

const web = Fastify({ logger: false })
web.get('/', async () => ({ hello: 'world' }))
await web.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
