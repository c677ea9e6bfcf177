/** The tests of Terraform once more, on cdktn, which continues cdktf: everything that works with one has to with the other. */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/test/terraform/*.test.ts'],
  moduleNameMapper: { '^cdktf$': 'cdktn' },
  globals: { TERRAFORM_LIBRARY: 'cdktn' },
};
