package dev.rollbackbot.gcp;

import com.google.cloud.run.v2.Container;
import com.google.cloud.run.v2.EnvVar;
import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.SecretVolumeSource;
import com.google.cloud.run.v2.VersionToPath;
import com.google.cloud.run.v2.Volume;
import com.google.cloud.run.v2.VolumeMount;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rollbackbot.domain.model.Settings;
import dev.rollbackbot.domain.model.Settings.Figure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads how a template, or the revision that was made of one, is configured.
 *
 * <p>A Revision lacks some fields of its template ({@code health_check_disabled}, for one; the
 * protos of 0.92.0), so those are not compared.
 */
final class TemplateSettings {
  /** Read one by one, or no configuration. */
  private static final Set<String> READ =
      Set.of(
          "revision",
          "labels",
          "annotations",
          "scaling",
          "timeout",
          "service_account",
          "max_instance_request_concurrency",
          "containers");

  private static final Set<String> READ_OF_CONTAINER =
      Set.of("name", "image", "env", "resources", "build_info");

  private final SortedMap<String, String> environment = new TreeMap<>();
  private final SortedMap<String, String> secrets = new TreeMap<>();
  private final SortedMap<Figure, String> figures = new TreeMap<>();
  private final SortedMap<String, String> others = new TreeMap<>();

  private TemplateSettings(RevisionTemplate template) {
    figure(Figure.CONCURRENCY, template.getMaxInstanceRequestConcurrency());
    figure(Figure.MIN_INSTANCES, template.getScaling().getMinInstanceCount());
    figure(Figure.MAX_INSTANCES, template.getScaling().getMaxInstanceCount());
    if (template.getTimeout().getSeconds() > 0) {
      figures.put(Figure.TIMEOUT, template.getTimeout().getSeconds() + " s");
    }
    Protos.some(template.getServiceAccount())
        .ifPresent(account -> figures.put(Figure.SERVICE_ACCOUNT, account));
    others(template, READ);
    List<Container> containers = template.getContainersList();
    for (int i = 0; i < containers.size(); i++) {
      Container container = containers.get(i);
      if (i == Remake.main(containers)) {
        container(container);
      } else {
        others.put("container " + container.getName(), Marks.of(container));
      }
      mounted(container, template.getVolumesList());
    }
  }

  static Settings of(RevisionTemplate template) {
    var read = new TemplateSettings(template);
    return new Settings(read.environment, read.secrets, read.figures, read.others);
  }

  static Settings of(Revision revision) {
    return of(asTemplate(revision));
  }

  /** The fields that both have under one name; for comparing, never for writing. */
  private static RevisionTemplate asTemplate(Revision revision) {
    RevisionTemplate.Builder template = RevisionTemplate.newBuilder();
    for (FieldDescriptor field : RevisionTemplate.getDescriptor().getFields()) {
      FieldDescriptor same = Revision.getDescriptor().findFieldByName(field.getName());
      if (same != null && isSet(revision, same)) {
        template.setField(field, revision.getField(same));
      }
    }
    return template.build();
  }

  private void container(Container container) {
    for (EnvVar variable : container.getEnvList()) {
      if (variable.hasValueSource()) {
        var key = variable.getValueSource().getSecretKeyRef();
        secrets.put(variable.getName(), secret(key.getSecret(), key.getVersion()));
      } else {
        environment.put(variable.getName(), Marks.of(variable.getValue()));
      }
    }
    var resources = container.getResources();
    limit(Figure.CPU, resources.getLimitsMap(), "cpu");
    limit(Figure.MEMORY, resources.getLimitsMap(), "memory");
    others.put("cpu_idle", String.valueOf(resources.getCpuIdle()));
    others.put("startup_cpu_boost", String.valueOf(resources.getStartupCpuBoost()));
    others(container, READ_OF_CONTAINER);
    if (container.getUnknownFields().getSerializedSize() > 0) {
      others.put("fields that this version does not know", Marks.of(container.getUnknownFields()));
    }
  }

  private void mounted(Container container, List<Volume> volumes) {
    for (VolumeMount mount : container.getVolumeMountsList()) {
      for (Volume volume : volumes) {
        if (volume.hasSecret() && volume.getName().equals(mount.getName())) {
          SecretVolumeSource source = volume.getSecret();
          String version =
              source.getItemsList().stream().map(VersionToPath::getVersion).findFirst().orElse("");
          secrets.put(mount.getMountPath(), secret(source.getSecret(), version));
        }
      }
    }
  }

  private void others(Message message, Set<String> read) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean comparable =
          !(message instanceof RevisionTemplate)
              || Revision.getDescriptor().findFieldByName(field.getName()) != null;
      if (comparable && !read.contains(field.getName()) && isSet(message, field)) {
        var alone = message.newBuilderForType().setField(field, message.getField(field));
        others.put(field.getName(), Marks.of(alone.buildPartial()));
      }
    }
  }

  private void figure(Figure figure, int value) {
    if (value > 0) {
      figures.put(figure, String.valueOf(value));
    }
  }

  private void limit(Figure figure, Map<String, String> limits, String name) {
    Optional.ofNullable(limits.get(name)).ifPresent(value -> figures.put(figure, value));
  }

  /** An empty version means the latest one (k8s.min.proto, SecretVolumeSource). */
  private static String secret(String secret, String version) {
    String name = secret.substring(secret.lastIndexOf('/') + 1);
    return version.isEmpty() ? name + Settings.LATEST : name + ":" + version;
  }

  private static boolean isSet(Message message, FieldDescriptor field) {
    return field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
  }
}
