package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.ServiceName;

/** Where the URLs of services and of traffic tags come from; a demo server gives each its port. */
public interface UrlScheme {

  /** The URL of a service, named by its full resource name. */
  String serviceUrl(String service);

  /**
   * The URL of a traffic tag. Called whenever the observed traffic is shown, so it must be cheap.
   */
  String tagUrl(String service, String tag);

  /** URLs of the form that Cloud Run gives out; nothing answers there. */
  static UrlScheme likeProduction() {
    return new UrlScheme() {
      @Override
      public String serviceUrl(String service) {
        return "https://" + host(service);
      }

      @Override
      public String tagUrl(String service, String tag) {
        return "https://" + tag + "---" + host(service);
      }

      private static String host(String service) {
        return ServiceName.parse(service).getService() + "-w4k2h7q5ua-an.a.run.app";
      }
    };
  }
}
