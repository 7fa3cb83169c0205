/** What sessions measure, with the paper's names for it. */
export const metrics = new Map([
  ['a_mif', 'A_MIF'], ['a_lif', 'A_LIF'], ['a_lif_mif', 'A_LIF−MIF'], ['a_box', 'A_box'], ['mean_box_correlation', 'mean r'],
  ['a_delta_lif_mif', 'ΔA_LIF−MIF'], ['a_delta_box', 'ΔA_box'], ['compactness', 'compactness'],
]);
