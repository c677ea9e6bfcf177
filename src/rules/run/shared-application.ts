import type { RunCluster, RunRule } from '../run-rule';

export const sharedApplication: RunRule = {
  code: 'TFM024',
  severity: 'error',
  title: 'One application for several clusters',
  reason:
    "Terraform makes an application for each document, with the callback URL of its cluster. When two documents name one client id, the login of the second goes to the application of the first, which does not know its callback URL: Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs. And the client secret of the second is that of another application. With provision: none a cluster may use an application that another document makes, once that one's list has the callback URL.",
  remedy:
    "Give each cluster an application of its own: clientID is what terraform output -raw client_id prints for that cluster. Or share one: provision: none in all documents but one, and the others' callback URLs in that one's additionalCallbackURLs.",
  *check(clusters) {
    const makers = new Map<string, RunCluster>();
    const users: (readonly [clientID: string, of: RunCluster])[] = [];
    for (const of of clusters) {
      const { clientID, provision } = of.cluster.auth0?.application ?? {};
      if (clientID === undefined) continue;
      const maker = makers.get(clientID);
      if (provision === 'none') users.push([clientID, of]);
      else if (maker === undefined) makers.set(clientID, of);
      else if (maker.cluster.name !== of.cluster.name)
        yield {
          of,
          path: ['auth0', 'application', 'clientID'],
          message: `The cluster ${maker.cluster.name} in ${maker.file} has the client id too, and Terraform makes an application for each of them: logins here would go to that of ${maker.cluster.name} and end with "Callback URL mismatch"`,
          hint: `write what terraform output -raw client_id prints for ${of.cluster.name}; or share the application: provision: none here, and ${of.cluster.urls.callback} in additionalCallbackURLs of ${maker.cluster.name}`,
        };
    }
    for (const [clientID, of] of users) {
      const maker = makers.get(clientID);
      const { callback } = of.cluster.urls;
      if (maker?.cluster.auth0?.application.callbackURLs.includes(callback) === false)
        yield {
          of,
          path: ['auth0', 'application', 'clientID'],
          message: `The application is made by the cluster ${maker.cluster.name} in ${maker.file}, and its callback URLs do not have ${callback}: every login here would end with "Callback URL mismatch"`,
          hint: `add ${callback} to auth0.application.additionalCallbackURLs of ${maker.cluster.name}`,
        };
    }
  },
};
