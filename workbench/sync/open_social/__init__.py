"""The parts of the Drupal and Open Social connector: site, walk, members, sending."""
