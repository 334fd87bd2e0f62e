/** A made-up page for the gallery, JPEG in base64: lines of writing and a stamp, no words. */
export function drawPage(pageId: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = 620
  canvas.height = 877
  const pen = canvas.getContext('2d')
  if (pen === null) return ''
  pen.fillStyle = '#fffefb'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = '#2a2f36'
  const number = Number(/\d+/.exec(pageId)?.[0] ?? 1)
  pen.fillRect(190, 70, 240, 16)
  for (let line = 0; line < 18 && number !== 4; line += 1) {
    const length = 420 + ((line * 37 + number * 53) % 90)
    pen.fillRect(60, 140 + line * 34, line % 5 === 4 ? length / 2 : length, 8)
  }
  pen.strokeStyle = '#b3202a'
  pen.lineWidth = 6
  pen.beginPath()
  pen.arc(470, 770, 56, 0, 2 * Math.PI)
  pen.stroke()
  return canvas.toDataURL('image/jpeg', 0.7).replace(/^[^,]*,/, '')
}
