/** The raw limit of a frame in and a frame out: one real serial port, and nothing of ours behind it. */
import { SerialPort } from 'serialport'
import { encodeUnlock } from '../../../src/devices/protocols/kerong-cu16/requests.ts'

const [path = '', size = ''] = process.argv.slice(2)
const requestBytes = Number(size)
const answer = Buffer.from(encodeUnlock(0, 0))
const port = new SerialPort({ path, baudRate: 19_200, hupcl: false })
let received = 0
port.on('data', (chunk: Buffer) => {
  received += chunk.length
  if (received < requestBytes) return
  received -= requestBytes
  port.write(answer)
})
port.on('open', () => process.stdout.write('ready\n'))
process.stdin.resume().on('end', () => port.close(() => process.exit(0)))
