/** The node as the driver sees it inside the testbed; it has nothing to do with a real one of that name. */
export const testbedNode = 'hidraw7'

export interface SimulatedIdentity {
  readonly vendorId: number
  readonly productId: number
  readonly maker: string
  readonly model: string
  readonly serial: string
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase()
const hexWord = (value: number, digits: number) =>
  value.toString(16).toUpperCase().padStart(digits, '0')

const usbDevice = '/devices/pci0000:00/0000:00:14.0/usb1/1-3'
const hidNameOf = ({ vendorId, productId }: SimulatedIdentity) =>
  `0003:${hexWord(vendorId, 4)}:${hexWord(productId, 4)}.0007`
/** Of the HID device below `/sys`. */
export const hidDevicePath = (identity: SimulatedIdentity): string =>
  `${usbDevice}/1-3:1.0/${hidNameOf(identity)}`

/** Description for `umockdev-run -d`: hidraw node, HID device, USB interface, USB device. */
export function deviceDescription(identity: SimulatedIdentity, descriptor: Uint8Array): string {
  const { vendorId, productId, maker, model, serial } = identity
  const hidName = hidNameOf(identity)
  const hidDevice = hidDevicePath(identity)
  const hidId = `0003:${hexWord(vendorId, 8)}:${hexWord(productId, 8)}`
  return `P: ${hidDevice}/hidraw/${testbedNode}
N: ${testbedNode}
E: DEVNAME=/dev/${testbedNode}
E: SUBSYSTEM=hidraw
A: dev=240:7
L: device=../../../${hidName}

P: ${hidDevice}
E: SUBSYSTEM=hid
E: HID_ID=${hidId}
E: HID_NAME=${maker} ${model}
E: HID_UNIQ=${serial}
A: uevent=HID_ID=${hidId}\\nHID_NAME=${maker} ${model}\\nHID_PHYS=usb-1/input0\\nHID_UNIQ=${serial}\\n
H: report_descriptor=${hex(descriptor)}

P: ${usbDevice}/1-3:1.0
E: SUBSYSTEM=usb
E: DEVTYPE=usb_interface
A: bInterfaceNumber=00

P: ${usbDevice}
E: SUBSYSTEM=usb
E: DEVTYPE=usb_device
A: manufacturer=${maker}
A: product=${model}
A: bcdDevice=0100
A: idVendor=${hexWord(vendorId, 4).toLowerCase()}
A: idProduct=${hexWord(productId, 4).toLowerCase()}
`
}

/** `struct hidraw_report_descriptor` of linux/hidraw.h: size, then room for 4,096 bytes. */
const descriptorRoomBytes = 4096

/** Answers of the two ioctls by which hidapi asks for the report descriptor, for `umockdev-run -i`. */
export function ioctlAnswers(descriptor: Uint8Array): string {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(descriptor.length)
  const room = Buffer.alloc(descriptorRoomBytes)
  room.set(descriptor)
  return `@DEV /dev/${testbedNode}
HIDIOCGRDESCSIZE 0 ${hex(size)}
HIDIOCGRDESC 0 ${hex(size)}${hex(room)}
`
}
