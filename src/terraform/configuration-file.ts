/** What Terraform reads, in the folder that it works in. */
export const CONFIGURATION_FILE = 'cdk.tf.json';
