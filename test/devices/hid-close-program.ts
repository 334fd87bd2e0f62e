/** Opens a HID device and closes it in the same breath, as a restart or a loose plug does; again and again. */
import { hidChannel } from '../../src/devices/transport/hid.ts'

const factory = hidChannel({ accept: () => (chunk) => [chunk] })
for (let count = 0; count < 20; count += 1) {
  const channel = factory()
  await channel.open()
  await channel.close()
}
process.stdout.write('done\n')
