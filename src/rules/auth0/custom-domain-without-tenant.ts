import type { Rule } from '../rule';

export const customDomainWithoutTenant: Rule = {
  code: 'TFM018',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Custom domain without the domain of its tenant',
  reason:
    "Auth0's Management API is at the tenant's own domain. At a custom domain it refuses tokens unless their audience names the tenant: 403 access_denied, Service not enabled within domain.",
  remedy:
    'Keep the custom domain in auth0.domain and set auth0.terraform.tenantDomain to the domain of the tenant.',
  *check({ document, cluster }) {
    // Where the application is managed elsewhere Terraform asks nothing.
    if (
      !cluster.auth0 ||
      cluster.auth0.application.provision === 'none' ||
      document.auth0?.terraform?.tenantDomain !== undefined
    )
      return;
    if (!/\.auth0\.com$/i.test(cluster.auth0.domain))
      yield {
        path: ['auth0', 'domain'],
        message: `${cluster.auth0.domain} is a custom domain, and Terraform would look for the Management API there`,
        hint: 'set auth0.terraform.tenantDomain to the domain that ends in auth0.com',
      };
  },
};
