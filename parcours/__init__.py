"""What happens to a person: work, supervision, accompaniment, exits. Imports structures."""
