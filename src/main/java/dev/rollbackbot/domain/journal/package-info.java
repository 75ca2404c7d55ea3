/** What is written on the service: the record from which any driver can carry a rollback on. */
@NullMarked
package dev.rollbackbot.domain.journal;

import org.jspecify.annotations.NullMarked;
