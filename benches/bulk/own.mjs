import { checkFile } from "collins-customers/bulk";

export const faultsIn = async (bytes) => (await checkFile(bytes, { keep: 2 ** 32 - 1 })).issues;
