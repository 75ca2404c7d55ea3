package dev.rollbackbot.domain.model;

/**
 * What the next revision of a service is made of.
 *
 * @param hash differs where anything of it differs; says nothing else
 */
public record Template(String hash, ImageRef image, Settings settings) {}
