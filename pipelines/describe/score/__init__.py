"""What the metadata are worth: the MQA points, the five stars, and what would raise them."""
