/** The raw limit of a drain: a server that takes the bytes, does nothing with them and answers at once. */
import fastify from 'fastify'

const app = fastify({ bodyLimit: 4_000_000 })
app.post('/messages', () => ({ ok: true }))
const url = await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ url })
process.on('disconnect', () => void app.close().then(() => process.exit(0)))
