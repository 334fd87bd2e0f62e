/**
 * People who cannot exist, with words and numbers that stand nowhere by chance. The family names are common,
 * since a masked copy may show them; everything else of them must be found nowhere.
 */
export const an = {
  family: 'Nguyễn',
  name: 'Nguyễn Văn Zưởngxanh',
  idNumber: '092090573819',
  oldNumber: '364918275',
  address: 'Ngách Kỳlạvàng 77, phường Hoa Sen',
  phone: '0917465382',
  card: '092090573819|364918275|Nguyễn Văn Zưởngxanh|29021908|Nam|Ngách Kỳlạvàng 77, phường Hoa Sen|15042021',
} as const

/** A child of An, typed by hand. */
export const child = { name: 'Nguyễn Thị Quýtbiếcnhỏ', idNumber: '092320684917' } as const

export const binh = {
  name: 'Trần Thị Lụatímxa',
  idNumber: '092195736482',
  secret: '739164',
  wrongSecret: '846275',
  card: '092195736482||Trần Thị Lụatímxa|28021907|Nữ|Hẻm Đáẩnmình 88, phường Hoa Sen|01072024||||',
} as const

/** Typed altogether, while the province cannot be reached. */
export const cuc = {
  name: 'Lê Cúcđạidương',
  passport: 'ZQ7391648',
  phone: '0938271645',
} as const

export const typedWrongly = {
  phoneCode: '958371',
  collectionCode: '73918264',
  pin: '927364',
} as const

/** What must be found nowhere, known before the day begins. */
export const planted = [
  { what: "An's name", text: an.name },
  { what: "An's given name", text: 'Zưởngxanh' },
  { what: "An's ID number", text: an.idNumber },
  { what: "An's old number", text: an.oldNumber },
  { what: "An's birth date", text: '29021908' },
  { what: "An's address", text: 'Kỳlạvàng' },
  { what: "An's phone", text: an.phone },
  { what: "An's phone, without 0", text: an.phone.slice(1) },
  { what: "the child's given name", text: 'Quýtbiếcnhỏ' },
  { what: "the child's ID number", text: child.idNumber },
  { what: "Bình's given name", text: 'Lụatímxa' },
  { what: "Bình's ID number", text: binh.idNumber },
  { what: "Bình's birth date", text: '28021907' },
  { what: "Bình's address", text: 'Đáẩnmình' },
  { what: "Bình's secret", text: binh.secret },
  { what: 'a wrong secret', text: binh.wrongSecret },
  { what: "Cúc's given name", text: 'Cúcđạidương' },
  { what: "Cúc's passport", text: cuc.passport },
  { what: "Cúc's phone", text: cuc.phone },
  { what: 'a wrong phone code', text: typedWrongly.phoneCode },
  { what: 'a wrong collection code', text: typedWrongly.collectionCode },
  { what: 'a wrong PIN', text: typedWrongly.pin },
] as const
