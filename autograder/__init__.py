"""From a submission to a mark: what nbgrader runs for this course."""
