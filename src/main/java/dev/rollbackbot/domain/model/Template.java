package dev.rollbackbot.domain.model;

/**
 * What the next revision of a service is made of.
 *
 * @param hash differs where anything of it differs; says nothing else
 * @param nameable whether a revision may be given its name through it: where Terraform applies the
 *     service, a name that is set makes its next unrelated apply replace the revision
 *     (hashicorp/terraform-provider-google, issue 13410)
 */
public record Template(String hash, ImageRef image, Settings settings, boolean nameable) {}
