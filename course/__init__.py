"""What a student's notebook imports, and where the course is written."""

from course import progress

progress.watch()
