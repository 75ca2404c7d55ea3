package dev.rollbackbot.sandbox.cloudrun;

import com.google.cloud.run.v2.LocationName;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionName;
import com.google.cloud.run.v2.ServiceName;
import com.google.protobuf.util.Timestamps;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The services by their whole names, and what the names of resources say. */
final class Catalog {
  private static final String EVERY_SERVICE = "/services/-";

  private final Map<String, ServiceRecord> services = new TreeMap<>();

  void put(ServiceRecord service) {
    services.put(service.name(), service);
  }

  boolean has(String name) {
    return services.containsKey(name);
  }

  ServiceRecord service(String name) {
    if (!ServiceName.isParsableFrom(name)) {
      throw Problems.invalid("'%s' is not the name of a service".formatted(name));
    }
    ServiceRecord service = services.get(name);
    if (service == null) {
      throw Problems.noService(ServiceName.parse(name));
    }
    return service;
  }

  /** The service that a revision belongs to. */
  ServiceRecord serviceOf(RevisionName revision) {
    return service(
        ServiceName.format(revision.getProject(), revision.getLocation(), revision.getService()));
  }

  /** The services of one location, by name. */
  List<ServiceRecord> in(String location) {
    if (!LocationName.isParsableFrom(location)) {
      throw Problems.invalid("parent: '%s' is not a location".formatted(location));
    }
    return under(location);
  }

  private List<ServiceRecord> under(String location) {
    return services.values().stream()
        .filter(service -> service.name().startsWith(location + "/services/"))
        .toList();
  }

  /** The revisions of one service, or of all of a location where the service is {@code -}. */
  List<Revision> newestFirst(String parent) {
    if (!parent.endsWith(EVERY_SERVICE)) {
      ServiceRecord service = service(parent);
      return service.revisions().reversed().stream().map(service::view).toList();
    }
    return under(parent.substring(0, parent.length() - EVERY_SERVICE.length())).stream()
        .flatMap(service -> service.revisions().reversed().stream().map(service::view))
        .sorted(Comparator.comparing(Revision::getCreateTime, Timestamps.comparator()).reversed())
        .toList();
  }

  static RevisionName revisionName(String name) {
    if (!RevisionName.isParsableFrom(name)) {
      throw Problems.invalid("'%s' is not the name of a revision".formatted(name));
    }
    return RevisionName.parse(name);
  }
}
