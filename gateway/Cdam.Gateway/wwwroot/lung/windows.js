/** Windows of Hounsfield units that radiologists use: level is the middle grey, width from black to white. */
export const windows = [
  { id: 'lung', title: 'Lung', level: -600, width: 1500 },
  { id: 'soft', title: 'Soft tissue', level: 40, width: 400 },
  { id: 'bone', title: 'Bone', level: 400, width: 1800 },
  { id: 'model', title: 'As the models see', level: -300, width: 1400 },
];

export const ends = ({ level, width }) => ({ low: level - width / 2, high: level + width / 2 });
